import {
  age,
  clock,
  exactTime,
  longDate,
  momentParam,
  readMoment,
  shortTime,
  spokenClock,
  until,
} from '../../frontend/src/lib/agent/time.js';
import { fileSize } from '../../frontend/src/lib/agent/sizes.js';

const now = Date.parse('2026-11-22T12:00:00Z');
const ago = (seconds: number) => new Date(now - seconds * 1000).toISOString();

describe('ages', () => {
  it.each([
    [5, 'now'],
    [59, 'now'],
    [60, '1m ago'],
    [3599, '59m ago'],
    [3600, '1h ago'],
    [86_399, '23h ago'],
    [86_400, 'yesterday'],
    [6 * 86_400, '6d ago'],
  ])('says %i seconds as "%s"', (seconds, words) => expect(age(ago(seconds), now, 'en')).toBe(words));

  it('becomes a date after a week, with the year only when it is another one', () => {
    expect(age('2026-11-02T12:00:00Z', now, 'en')).toBe('Nov 2');
    expect(age('2025-11-02T12:00:00Z', now, 'en')).toBe('Nov 2, 2025');
  });

  it('treats a clock that runs ahead as now, not as the future', () => expect(age(ago(-90), now, 'en')).toBe('now'));

  it('speaks the reader’s language', () => expect(age(ago(7200), now, 'de')).toContain('2'));

  it('says what is ahead, and never a negative time', () => {
    expect(until(ago(-3 * 86_400 - 60), now, 'en')).toBe('in 3 days');
    expect(until(ago(-5 * 3600), now, 'en')).toBe('in 5 hours');
    expect(until(ago(60), now, 'en')).toBe('now');
  });

  it('names a date and time in few words', () =>
    expect(shortTime(new Date(2026, 10, 25, 14, 2).toISOString(), 'en-GB')).toBe('25 Nov, 14:02'));

  it('has the exact time with its zone for hovering', () =>
    expect(exactTime('2026-11-22T12:00:00Z', 'en')).toMatch(/2026.*\d:\d\d:\d\d/));
  it('can be a day alone', () => expect(longDate('2027-02-20T12:00:00Z', 'en')).toBe('February 20, 2027'));
});

describe('clocks', () => {
  it.each([
    [0, '0:00'],
    [9.99, '0:09'],
    [65, '1:05'],
    [3725, '1:02:05'],
    [-1, '0:00'],
    [Infinity, '–'],
    [NaN, '–'],
    [null, '–'],
  ])('shows %p as "%s"', (seconds, words) => expect(clock(seconds)).toBe(words));

  it('is spoken in words', () => {
    expect(spokenClock(65, 'en')).toBe('1 minute, 5 seconds');
    expect(spokenClock(0, 'en')).toBe('0 seconds');
    expect(spokenClock(3600, 'en')).toBe('1 hour');
  });
});

describe('?t= links', () => {
  it.each([
    ['83', 83],
    ['83.5', 83.5],
    ['1m23s', 83],
    ['1h', 3600],
    ['', null],
    [null, null],
    ['-4', null],
    ['soon', null],
    ['1e9', null],
  ])('reads %p as %p', (param, seconds) => expect(readMoment(param)).toBe(seconds));

  it('writes what it can read', () => expect(readMoment(momentParam(83.9))).toBe(83));
});

it.each([
  [0, '0 byte'],
  [999, '999 byte'],
  [3_315_131, '3.3 MB'],
  [52_428_800, '52 MB'],
  [7e15, '7,000 TB'],
])('says %i bytes as %s', (bytes, words) => expect(fileSize(bytes, 'en')).toBe(words));
