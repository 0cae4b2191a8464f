import { dayOf, spanWords, usualSpans } from '../../frontend/src/lib/agent/day-spans.js';
import {
  filterAddress,
  isFiltered,
  libraryQuery,
  matchesLibrary,
  readLibraryFilters,
  readRequestFilters,
} from '../../frontend/src/lib/agent/filters.js';
import { recordingPage, safeReturn } from '../../frontend/src/lib/agent/addresses.js';
import { aRecording } from './views.js';

const read = (address: string) => readLibraryFilters(new URLSearchParams(address));

describe('library filters', () => {
  it('survive the way through the address', () => {
    const filters = read('?q=export+%26+co&status=ready&watched=no&ticket=T-1&from=2026-11-01&to=2026-11-03');
    expect(read(filterAddress(filters))).toEqual(filters);
    expect(filters.q).toBe('export & co');
  });

  it('leave nothing in the address when nothing is filtered', () => {
    expect(filterAddress(read(''))).toBe('');
    expect(isFiltered(read(''))).toBe(false);
    expect(isFiltered(read('?q=x'))).toBe(true);
  });

  it('ignore what they do not understand', () => {
    expect(read('?status=exploded&watched=yes&from=yesterday&to=2026-99-01')).toEqual({
      q: '',
      status: '',
      watched: '',
      ticket: '',
      from: '',
      to: '',
    });
    expect(readRequestFilters(new URLSearchParams('?status=nope'))).toEqual({ status: '', ticket: '' });
  });

  it('turn days into moments of the reader’s zone, the last day included', () => {
    const { from, to } = libraryQuery(read('?from=2026-11-01&to=2026-11-30'));
    expect(from).toBe(new Date(2026, 10, 1).toISOString());
    expect(to).toBe(new Date(2026, 11, 1).toISOString());
    expect(libraryQuery(read(''))).toEqual({});
    expect(libraryQuery(read('?watched=no'))).toEqual({ watched: false });
  });

  it('tell whether a changed recording still belongs', () => {
    const noon = new Date(2026, 10, 2, 12).toISOString();
    const recording = aRecording({
      status: 'ready',
      receivedAt: noon,
      ticket: { connector: 'manual', reference: 'T-1', subject: null, url: null },
    });
    expect(matchesLibrary(read('?status=ready&ticket=T-1&from=2026-11-02&to=2026-11-02'), recording)).toBe(true);
    expect(matchesLibrary(read('?watched=no'), recording)).toBe(true);
    expect(matchesLibrary(read('?watched=no'), { ...recording, watchedAt: noon })).toBe(false);
    expect(matchesLibrary(read('?status=failed'), recording)).toBe(false);
    expect(matchesLibrary(read('?ticket=T-2'), recording)).toBe(false);
    expect(matchesLibrary(read('?from=2026-11-03'), recording)).toBe(false);
    expect(matchesLibrary(read('?to=2026-11-01'), recording)).toBe(false);
  });
});

describe('addresses', () => {
  it.each([
    ['/requests?status=sent', '/requests?status=sent'],
    ['//evil.example', '/'],
    ['/\\evil.example', '/'],
    ['/\t/evil.example', '/'],
    ['https://evil.example', '/'],
    ['javascript:alert(1)', '/'],
    ['', '/'],
    [null, '/'],
  ])('return after signing in from %p to %s', (next, to) => expect(safeReturn(next)).toBe(to));

  it('carry the moment only when there is one', () => {
    expect(recordingPage('r 1')).toBe('/recordings/r%201');
    expect(recordingPage('r', 61.4)).toBe('/recordings/r?t=61');
  });
});

describe('spans of days', () => {
  const today = new Date(2026, 10, 22, 23, 59);
  it('count calendar days of the reader, across months', () => {
    expect(dayOf(today)).toBe('2026-11-22');
    expect(dayOf(today, -29)).toBe('2026-10-24');
    expect(usualSpans(today).map(({ from }) => from)).toEqual(['', '2026-11-22', '2026-11-16', '2026-10-24']);
  });
  it('are said in words', () => {
    expect(spanWords('', '', today)).toBe('Any date');
    expect(spanWords('2026-11-16', '', today)).toBe('Last 7 days');
    expect(spanWords('2026-11-02', '2026-11-05', today, 'en')).toBe('Nov 2 – Nov 5');
    expect(spanWords('', '2026-11-05', today, 'en')).toBe('… – Nov 5');
  });
});
