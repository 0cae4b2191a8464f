import { bestLocale, locales, type Locale } from '../../frontend/src/lib/i18n/locales.js';
import { fill, type Catalogue, type Message } from '../../frontend/src/lib/i18n/message.js';
import { openings, rests } from '../../frontend/src/lib/i18n/recorder/catalogues.js';

const all = Object.keys(locales) as Locale[];
const translated = all.filter((locale) => locale !== 'en');

const catalogue = async (locale: Locale): Promise<Catalogue> => ({
  ...(await openings[locale]()).opening,
  ...(await rests[locale]()).rest,
});
const forms = (message: Message) => (typeof message === 'string' ? [message] : Object.values(message));
const names = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort();

it.each(translated)(
  '%s has every message of the English catalogue, with the same names, and no others',
  async (locale) => {
    const english = await catalogue('en');
    const other = await catalogue(locale);
    expect(Object.keys(other).sort()).toEqual(Object.keys(english).sort());
    for (const [key, message] of Object.entries(other)) {
      const wanted = names(forms(english[key]!).join());
      for (const form of forms(message)) expect([key, names(form)]).toEqual([key, wanted]);
    }
  },
);

it.each(all)(
  '%s leaves nothing empty, shouts nowhere, and has the plural forms that its numbers need',
  async (locale) => {
    const needed = [1, 2, 5, 11, 21, 100].map((count) => new Intl.PluralRules(locale).select(count));
    for (const [key, message] of Object.entries(await catalogue(locale))) {
      for (const form of forms(message)) expect([key, form.trim(), form.includes('!')]).toEqual([key, form, false]);
      for (const form of forms(message)) expect([key, form.length > 0]).toEqual([key, true]);
      if (typeof message !== 'string') for (const form of needed) expect(message[form] ?? message.other).toBeTruthy();
    }
  },
);

it.each(translated)('%s is translated, not copied', async (locale) => {
  const english = await catalogue('en');
  const same = Object.entries(await catalogue(locale)).filter(
    ([key, message]) => forms(message).join().length > 12 && JSON.stringify(message) === JSON.stringify(english[key]),
  );
  expect(same.filter(([key]) => key !== 'microphone.unnamed')).toEqual([]);
});

it('parts a language so that the first half needs none of the second', async () => {
  const { opening } = await openings.en();
  const { rest } = await rests.en();
  expect(Object.keys(opening).filter((key) => key in rest)).toEqual([]);
});

it('fills in names, and numbers as the language writes them', () => {
  expect(fill('{a} von {b}', { a: 1234.5, b: 'x' }, 'de')).toBe('1.234,5 von x');
  expect(fill('{a} of {a}', { a: '{b}', b: 'never' }, 'en')).toBe('{b} of {b}');
});

it('asks the language which plural form a number takes', () => {
  const message = { one: '{count} seconde', other: '{count} secondes' };
  expect(fill(message, { count: 0 }, 'fr')).toBe('0 seconde');
  expect(fill(message, { count: 0 }, 'en')).toBe('0 secondes');
  expect(fill(message, { count: 1_000_000 }, 'fr')).toBe('1\u202f000\u202f000 secondes');
});

it('takes the first language of a person that it speaks, else English', () => {
  expect(bestLocale(['nl-NL', 'pt-BR', 'de'])).toBe('pt');
  expect(bestLocale(['DE-at'])).toBe('de');
  expect(bestLocale(['zh-Hans', 'constructor'])).toBe('en');
});

it.each(all)('%s lays a server that is not reached at nobody’s door', async (locale) => {
  const { rest } = await rests[locale]();
  for (const key of ['saved.offline', 'sending.offline', 'deleting.offline', 'closed.offline'] as const)
    expect(rest[key]).toMatch(/\b(to us|zu uns|avec nous|con nosotros|conosco)\b/);
});
