import { jest } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { OPEN_EARLY } from '../../frontend/customer-page.js';
import { locales, type Locale } from '../../frontend/src/lib/i18n/locales.js';
import { rests } from '../../frontend/src/lib/i18n/recorder/catalogues.js';
import { openLink } from '../../frontend/src/lib/recorder/link/open-link.js';
import { Problem, send } from '../../frontend/src/lib/recorder/link/request.js';
import { whyUnsent } from '../../frontend/src/lib/recorder/link/send-recording.js';

it.each([
  [410, 'KEPT_ALREADY', 'kept_already'],
  [410, 'LINK_USED', 'another_received'],
  [410, 'LINK_CANCELLED', 'link_closed'],
  [410, 'LINK_EXPIRED', 'link_closed'],
  [410, 'LINK_REPLACED', 'link_closed'],
  [410, 'RECORDING_DISCARDED', null],
  [404, 'RECORDING_UNKNOWN', null],
  [410, 'UPLOAD_EXPIRED', null],
  [400, 'TRIM_INVALID', 'refused'],
  [410, 'GONE', 'refused'],
  [409, 'DIGEST_MISMATCH', null],
])('a Send that is refused with %s %s is told as %s', (status, code, told) => {
  expect(whyUnsent(new Problem(status, code))).toBe(told);
});

it.each(Object.keys(locales) as Locale[])('each of them has words of its own in %s', async (locale) => {
  const { rest } = await rests[locale]();
  const refused = ['kept_already', 'another_received', 'link_closed', 'mismatch', 'refused', 'unreadable'] as const;
  const words = [...refused, 'crowded' as const, 'too_large' as const].map((why) => rest[`send.${why}`]);
  expect(new Set(words).size).toBe(8);
  for (const one of words) expect(one).toBeTruthy();
  expect(rest['send.kept_already']).toContain('{workspace}');
});

describe('a server that falls silent', () => {
  const { fetch, AbortSignal } = globalThis;
  let server: Server;
  let asked: string[];
  let limits: { ms: number; end: () => void }[];

  /** Takes every request; answers the start of a body if that is what the path asks for, and then no more. */
  beforeEach(async () => {
    asked = [];
    server = createServer((request, response) => {
      asked.push(request.url!.split('/').at(-1)!);
      if (request.url === '/api/v1/half') response.write('{"reference":', () => limits.at(-1)?.end());
      else limits.at(-1)?.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    limits = [];
    globalThis.fetch = (path, init) => fetch(`http://127.0.0.1:${port}${String(path)}`, init);
    jest.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
      const limit = new AbortController();
      limits.push({ ms, end: () => setImmediate(() => limit.abort(new DOMException('', 'TimeoutError'))) });
      return limit.signal;
    });
  });
  afterEach(() => {
    globalThis.fetch = fetch;
    jest.restoreAllMocks();
    server.closeAllConnections();
    server.close();
  });

  it.each([
    ['before it answers', 'silent', { note: 'x' }, 30_000],
    ['in the middle of its answer', 'half', undefined, 30_000],
    ['while a picture is sent', 'silent', new Blob(['picture'], { type: 'image/jpeg' }), 10_000],
  ])(
    '%s counts as not reached, so that it is asked again',
    async (_when, path, body, ms) => {
      const problem = await send('POST', path, body).catch((error: unknown) => error);
      expect(problem).toMatchObject({ status: 0, code: 'OFFLINE', passing: true });
      expect(limits).toMatchObject([{ ms }]);
    },
    2000,
  );

  it('before it has opened the link is asked once more, as the page’s own script asks no longer than others', async () => {
    const page = globalThis as typeof globalThis & { openedEarly?: Promise<Response | null> };
    Object.assign(page, { location: { pathname: '/r/silent' } });
    new Function(OPEN_EARLY)();
    expect(await page.openedEarly).toBeNull();
    expect(limits).toMatchObject([{ ms: 30_000 }]);
    expect(await openLink('code').catch((error: unknown) => error)).toMatchObject({ code: 'OFFLINE' });
    page.openedEarly = globalThis.fetch('/api/v1/half', { signal: AbortSignal.timeout(30_000) }).catch(() => null);
    expect(await openLink('code').catch((error: unknown) => error)).toMatchObject({ code: 'OFFLINE' });
    expect([asked, limits.length]).toEqual([['open', 'open', 'half', 'open'], 4]);
  });
});
