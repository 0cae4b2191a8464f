import type { ListedStatus, RecordingView, RequestStatus } from '../api/types.js';

/** What narrows the library. Days are the reader's own calendar days, `YYYY-MM-DD`, both included. */
export type LibraryFilters = {
  q: string;
  status: ListedStatus | '';
  /** `no`: only what nobody has watched yet. */
  watched: 'no' | '';
  ticket: string;
  from: string;
  to: string;
};
export type RequestFilters = { status: RequestStatus | ''; ticket: string };

export const recordingStatuses: ListedStatus[] = ['ready', 'processing', 'received', 'failed'];
export const requestStatuses: RequestStatus[] = [
  'sent',
  'opened',
  'recording',
  'received',
  'declined',
  'unsupported',
  'expired',
  'cancelled', // prettier-ignore
];

const isDay = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
const oneOf = <T extends string>(allowed: readonly T[], text: string): T | '' =>
  (allowed as readonly string[]).includes(text) ? (text as T) : '';

/** Reads the page's address; what it does not understand is no filter. */
export function readLibraryFilters(params: { get(name: string): string | null }): LibraryFilters {
  const text = (name: string) => params.get(name)?.trim() ?? '';
  const dayOf = (name: string) => (isDay(text(name)) ? text(name) : '');
  return {
    q: text('q'),
    status: oneOf(recordingStatuses, text('status')),
    watched: oneOf(['no'], text('watched')),
    ticket: text('ticket'),
    from: dayOf('from'),
    to: dayOf('to'),
  };
}

export function readRequestFilters(params: { get(name: string): string | null }): RequestFilters {
  return {
    status: oneOf(requestStatuses, params.get('status') ?? ''),
    ticket: params.get('ticket')?.trim() ?? '',
  };
}

/** The address that says the same, without empty parts: "?q=export&status=ready", or "". */
export function filterAddress(filters: Record<string, string>): '' | `?${string}` {
  const told = Object.entries(filters).filter(([, value]) => value !== '');
  return told.length ? `?${new URLSearchParams(told).toString()}` : '';
}

export const isFiltered = (filters: Record<string, string>) => Object.values(filters).some((value) => value !== '');

/** Midnight in the reader's zone at the start of a day, `shift` days later. */
function startOfDay(dayText: string, shift = 0): string {
  const [year, month, date] = dayText.split('-').map(Number) as [number, number, number];
  return new Date(year, month - 1, date + shift).toISOString();
}

/** What the API is asked: days become moments (`to` is exclusive there), empty filters are left out. */
export function libraryQuery(filters: LibraryFilters) {
  return {
    ...(filters.q && { q: filters.q }),
    ...(filters.status && { status: filters.status }),
    ...(filters.watched && { watched: false }),
    ...(filters.ticket && { ticket: filters.ticket }),
    ...(filters.from && { from: startOfDay(filters.from) }),
    ...(filters.to && { to: startOfDay(filters.to, 1) }),
  };
}

/** Whether a changed recording still belongs to the list. Words are searched by the server alone (they are sealed). */
export function matchesLibrary(filters: LibraryFilters, recording: RecordingView): boolean {
  const { from, to } = libraryQuery(filters);
  const at = recording.receivedAt;
  if (filters.status && recording.status !== filters.status) return false;
  if (filters.watched && recording.watchedAt !== null) return false;
  if (filters.ticket && recording.ticket?.reference !== filters.ticket) return false;
  return (!from || at >= from) && (!to || at < to);
}
