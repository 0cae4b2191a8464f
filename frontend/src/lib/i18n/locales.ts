/** The languages the customer can choose from, each by its own name. */
export const locales = { en: 'English', de: 'Deutsch', fr: 'Français', es: 'Español', pt: 'Português' } as const;

export type Locale = keyof typeof locales;

/** Languages written from right to left; none of ours yet, but the page is ready for them. */
const RIGHT_TO_LEFT = new Set(['ar', 'fa', 'he', 'ur']);

export const directionOf = (locale: string) => (RIGHT_TO_LEFT.has(locale.split('-')[0]!) ? 'rtl' : 'ltr');

export const isLocale = (name: string | null | undefined): name is Locale => !!name && Object.hasOwn(locales, name);

/** The first language of a person's list that we speak; English when there is none. */
export function bestLocale(wanted: readonly string[]): Locale {
  for (const tag of wanted) {
    const language = tag.toLowerCase().split('-')[0];
    if (isLocale(language)) return language;
  }
  return 'en';
}
