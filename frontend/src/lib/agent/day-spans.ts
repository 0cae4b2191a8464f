import { texts } from './texts.js';

/** Spans of calendar days in the reader's own zone, `YYYY-MM-DD`, both ends included; empty is open. */
export type DaySpan = { label: string; from: string; to: string };

const two = (part: number) => String(part).padStart(2, '0');
/** The calendar day of a moment, `shift` days away. */
export function dayOf(at: Date, shift = 0): string {
  const day = new Date(at.getFullYear(), at.getMonth(), at.getDate() + shift);
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

/** The spans people ask for most. */
export function usualSpans(today: Date): DaySpan[] {
  const words = texts.library;
  return [
    { label: words.anyDate, from: '', to: '' },
    { label: words.today, from: dayOf(today), to: '' },
    { label: words.last7, from: dayOf(today, -6), to: '' },
    { label: words.last30, from: dayOf(today, -29), to: '' },
  ];
}

/** A span in a few words: one of the usual ones, or its dates. */
export function spanWords(from: string, to: string, today: Date, locale?: string): string {
  const usual = usualSpans(today).find((span) => span.from === from && span.to === to);
  if (usual) return usual.label;
  const format = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' });
  const said = (day: string) => (day ? format.format(new Date(`${day}T12:00`)) : '…');
  return `${said(from)} – ${said(to)}`;
}
