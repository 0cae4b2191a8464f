import { bestLocale, directionOf, isLocale, type Locale } from '../locales.js';
import { fill, type Catalogue, type Values } from '../message.js';
import { openings, rests, type RecorderMessages } from './catalogues.js';

export type Key = keyof RecorderMessages;

const REMEMBERED = 'screendesk-language';

/** The recorder's words in the language of its reader. Whatever reads a word follows when the language changes. */
export class Words {
  locale = $state<Locale>('en');
  private catalogue = $state.raw<Catalogue>({});
  private whole = false;

  /** The language this person chose before, or the one their browser asks for. */
  static preferred(): Locale {
    const chosen = remembered();
    return isLocale(chosen) ? chosen : bestLocale(navigator.languages);
  }

  /** Switches the page to a language, once its words are here. */
  async use(locale: Locale): Promise<void> {
    const parts = await Promise.all([openings[locale](), this.whole ? rests[locale]() : null]);
    this.catalogue = { ...parts[0].opening, ...parts[1]?.rest };
    this.locale = locale;
    document.documentElement.lang = locale;
    document.documentElement.dir = directionOf(locale);
  }

  async choose(locale: Locale): Promise<void> {
    await this.use(locale);
    remember(locale);
  }

  /** Brings the words of everything after the permission prompt. */
  async loadRest(): Promise<void> {
    if (this.whole) return;
    this.whole = true;
    const { rest } = await rests[this.locale]();
    this.catalogue = { ...this.catalogue, ...rest };
  }

  readonly t = <K extends Key>(key: K, ...[values]: Values<RecorderMessages[K]>): string =>
    fill(this.catalogue[key] ?? '', values ?? {}, this.locale);

  /** The language as the reader's own region writes it: British English has its own dates. */
  private get regional(): string {
    return navigator.languages.find((tag) => tag.startsWith(`${this.locale}-`)) ?? this.locale;
  }

  /** A day, in the reader's time zone. */
  readonly date = (iso: string): string =>
    new Intl.DateTimeFormat(this.regional, { dateStyle: 'long' }).format(new Date(iso));

  readonly dateTime = (iso: string): string =>
    new Intl.DateTimeFormat(this.regional, { dateStyle: 'long', timeStyle: 'short' }).format(new Date(iso));

  readonly size = (bytes: number): string => {
    const kilo = bytes < 1_000_000;
    const unit = kilo ? 'kilobyte' : 'megabyte';
    const digits = kilo || bytes >= 10_000_000 ? 0 : 1;
    const format = { style: 'unit', unit, maximumFractionDigits: digits } as const;
    return new Intl.NumberFormat(this.locale, format).format(bytes / (kilo ? 1000 : 1_000_000));
  };
}

/** A browser that refuses to remember is no reason to fail. */
function remembered(): string | null {
  try {
    return localStorage.getItem(REMEMBERED);
  } catch {
    return null;
  }
}

function remember(locale: Locale): void {
  try {
    localStorage.setItem(REMEMBERED, locale);
  } catch {
    // Asked again next time.
  }
}
