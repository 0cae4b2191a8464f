/** Moments and durations as people read them. `locale` is given in tests only: the reader's own is the default. */

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** "now", "3m ago", "2h ago", "yesterday", and a date after a week. */
export function age(at: string, now: number, locale?: string): string {
  const passed = Math.max(0, now - Date.parse(at));
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'narrow' });
  if (passed < minute) return relative.format(0, 'second');
  if (passed < hour) return relative.format(-Math.floor(passed / minute), 'minute');
  if (passed < day) return relative.format(-Math.floor(passed / hour), 'hour');
  if (passed < 7 * day) return relative.format(-Math.floor(passed / day), 'day');
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  const year = sameYear ? undefined : 'numeric';
  return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year }).format(new Date(at));
}

/** How long until a moment ahead: "in 3 days", "in 5 hours"; "now" once it has passed. */
export function until(at: string, now: number, locale?: string): string {
  const ahead = Math.max(0, Date.parse(at) - now);
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  if (ahead < minute) return relative.format(0, 'second');
  if (ahead < hour) return relative.format(Math.floor(ahead / minute), 'minute');
  if (ahead < 2 * day) return relative.format(Math.floor(ahead / hour), 'hour');
  return relative.format(Math.floor(ahead / day), 'day');
}

/** The exact moment in the reader's zone, for hovering. */
export function exactTime(at: string, locale?: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'long' }).format(new Date(at));
}

/** The day alone, in full: "20 February 2027". */
export function longDate(at: string, locale?: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long' }).format(new Date(at));
}

/** A date and time in few words: "25 Nov, 14:02". */
export function shortTime(at: string, locale?: string): string {
  const format = { day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' } as const;
  return new Intl.DateTimeFormat(locale, format).format(new Date(at));
}

/** 65 seconds → "1:05"; 3 725 seconds → "1:02:05". Unknown lengths read as a dash. */
export function clock(seconds: number | null): string {
  if (seconds === null || !Number.isFinite(seconds)) return '–';
  const whole = Math.max(0, Math.floor(seconds));
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  const two = (part: number) => String(part).padStart(2, '0');
  return h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** 65 seconds → "1 minute, 5 seconds", for screen readers. */
export function spokenClock(seconds: number, locale?: string): string {
  const whole = Math.max(0, Math.floor(seconds));
  const parts: [number, string][] = [
    [Math.floor(whole / 3600), 'hour'],
    [Math.floor((whole % 3600) / 60), 'minute'],
    [whole % 60, 'second'],
  ];
  const said = parts.filter(([value]) => value > 0);
  const words = (said.length ? said : parts.slice(2)).map(([value, unit]) =>
    new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(value),
  );
  return new Intl.ListFormat(locale, { type: 'unit' }).format(words);
}

/** Reads `?t=`: "83", "83.5", "1m23s", "1h2m3s". Anything else is no moment. */
export function readMoment(param: string | null): number | null {
  if (!param) return null;
  if (/^\d+(\.\d+)?$/.test(param)) return Number(param);
  const parts = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(param);
  if (!parts) return null;
  const [h, m, s] = parts.slice(1).map((part) => Number(part ?? 0)) as [number, number, number];
  return h * 3600 + m * 60 + s;
}

/** Writes `?t=`: whole seconds, which every other player understands too. */
export const momentParam = (seconds: number) => String(Math.max(0, Math.floor(seconds)));
