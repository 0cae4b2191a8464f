import { locales, type Locale } from '../../frontend/src/lib/i18n/locales.js';
import { rests } from '../../frontend/src/lib/i18n/recorder/catalogues.js';
import { Problem } from '../../frontend/src/lib/recorder/link/request.js';
import { whyUnsent } from '../../frontend/src/lib/recorder/link/send-recording.js';

it.each([
  [410, 'KEPT_ALREADY', 'kept_already'],
  [410, 'LINK_USED', 'link_closed'],
  [410, 'LINK_CANCELLED', 'link_closed'],
  [410, 'RECORDING_DISCARDED', 'link_closed'],
  [400, 'TRIM_INVALID', 'refused'],
  [409, 'DIGEST_MISMATCH', null],
])('a Send that is refused with %s %s is told as %s', (status, code, told) => {
  expect(whyUnsent(new Problem(status, code))).toBe(told);
});

it.each(Object.keys(locales) as Locale[])('each of them has words of its own in %s', async (locale) => {
  const { rest } = await rests[locale]();
  const words = (['kept_already', 'link_closed', 'mismatch', 'refused'] as const).map((why) => rest[`send.${why}`]);
  expect(new Set(words).size).toBe(4);
  for (const one of words) expect(one).toBeTruthy();
  expect(rest['send.kept_already']).toContain('{workspace}');
});
