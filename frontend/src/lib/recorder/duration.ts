/** A duration as a clock shows it: 0:07, 12:30, 1:02:03. */
export function clock(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const two = (number: number) => String(number).padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** The same with tenths of a second where they matter, below ten seconds: 0:00.5, as the language writes it. */
export function fineClock(milliseconds: number, locale: string): string {
  if (!isShort(milliseconds)) return clock(milliseconds);
  const tenths = Math.max(0, Math.floor(milliseconds / 100));
  const digits = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
  // What is there is never shown as nothing.
  return `0:0${new Intl.NumberFormat(locale, digits).format(Math.max(milliseconds > 0 ? 1 : 0, tenths) / 10)}`;
}

/** Whether tenths of a second matter. */
export function isShort(milliseconds: number): boolean {
  return milliseconds < 10_000;
}

/** The same for ears: "1 minute, 5 seconds"; "0.5 seconds". */
export function spoken(milliseconds: number, locale: string): string {
  const step = isShort(milliseconds) ? 10 : 1;
  const seconds = Math.max(0, Math.round((milliseconds / 1000) * step) / step);
  const parts: [number, string][] = [
    [Math.floor(seconds / 3600), 'hour'],
    [Math.floor(seconds / 60) % 60, 'minute'],
    [seconds % 60, 'second'],
  ];
  const told = parts.filter(([amount, unit]) => amount > 0 || (unit === 'second' && seconds === 0));
  const words = told.map(([amount, unit]) =>
    new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(amount),
  );
  return new Intl.ListFormat(locale, { type: 'unit' }).format(words);
}
