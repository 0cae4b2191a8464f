import { posterMoment } from '../../frontend/src/lib/recorder/review/poster.js';
import { accentTokens, contrast, readColour, type Rgb } from '../../frontend/src/lib/design/accent.js';
import { fineClock, spoken } from '../../frontend/src/lib/recorder/duration.js';
import { qrPath } from '../../frontend/src/lib/recorder/qr-path.js';
import {
  cutEnd,
  cutStart,
  SHORTEST_MS,
  STEP_MS,
  trimOf,
  type Cut,
} from '../../frontend/src/lib/recorder/review/trim.js';

describe('trimming', () => {
  const whole: Cut = { startMs: 0, endMs: null };
  const LONG = 60_000;

  it('says nothing when nothing is cut off', () => {
    expect(trimOf(whole, LONG)).toBeNull();
    expect(trimOf(cutEnd(cutStart(whole, 5000, LONG), LONG, LONG), LONG)).toEqual({ startMs: 5000, endMs: LONG });
    expect(trimOf(cutStart(cutStart(whole, 5000, LONG), 0, LONG), LONG)).toBeNull();
  });

  it.each([60_000, 9754, 9799, 9800])('cuts nothing off %d ms at the last place that its slider has', (durationMs) => {
    const last = Math.floor(durationMs / STEP_MS) * STEP_MS;
    expect(cutEnd({ startMs: 0, endMs: 5000 }, last, durationMs).endMs).toBeNull();
    expect(cutEnd(whole, last - STEP_MS, durationMs).endMs).toBe(last - STEP_MS);
  });

  it('never lets the ends meet or leave the recording', () => {
    expect(cutStart({ startMs: 0, endMs: 10_000 }, 99_000, LONG).startMs).toBe(10_000 - SHORTEST_MS);
    expect(cutEnd({ startMs: 10_000, endMs: null }, 0, LONG).endMs).toBe(10_000 + SHORTEST_MS);
    expect(cutStart(whole, -5, LONG).startMs).toBe(0);
    expect(cutEnd(whole, 99_000, LONG).endMs).toBeNull();
  });

  it('copes with a recording shorter than the shortest part', () => {
    expect(cutStart(whole, 100, 300)).toEqual(whole);
    expect(cutEnd(whole, 100, 300)).toEqual(whole);
  });
});

describe("a workspace's colour", () => {
  const LIGHT: Rgb = [255, 255, 255];
  const DARK: Rgb = [23, 27, 34];
  const rgb = (value: string) => value.match(/\d+/g)!.map(Number) as unknown as Rgb;

  it.each(['#ffff00', '#000000', '#ffffff', '#2f57d4', '#ff7a00', '#0f0', '#808080'])(
    'keeps the contrast people need, whatever it is: %s',
    (text) => {
      const tokens = accentTokens(readColour(text)!);
      for (const [prefix, surface] of [
        ['', LIGHT],
        ['dark-', DARK],
      ] as const) {
        const token = (name: string) => rgb(tokens[`--workspace-${prefix}${name}`]!);
        expect(contrast(token('accent'), surface)).toBeGreaterThanOrEqual(3);
        expect(contrast(token('on-accent'), token('accent'))).toBeGreaterThanOrEqual(4.5);
        expect(contrast(token('on-accent'), token('accent-strong'))).toBeGreaterThanOrEqual(4.5);
        expect(contrast(token('accent-text'), surface)).toBeGreaterThanOrEqual(4.5);
        expect(contrast(token('accent-text'), token('accent-soft'))).toBeGreaterThanOrEqual(4.5);
      }
    },
  );

  it('is left as it is when it is good already', () => {
    expect(accentTokens(readColour('#2f57d4')!)['--workspace-accent']).toBe('rgb(47 87 212)');
  });

  it('is no colour when it is none', () => {
    for (const text of ['', 'red', '#12', '#12345g', 'url(x)', '#2f57d4;}']) expect(readColour(text)).toBeNull();
  });
});

it('draws the link as a code with its quiet border', () => {
  const { path, size } = qrPath('https://screendesk.example/r/0123456789abcdefghjkmnpqrs');
  expect(size).toBeGreaterThan(25);
  expect(path).toMatch(/^(M\d+ \d+h1v1h-1z)+$/);
  expect(path.startsWith('M2 2h1')).toBe(true);
});

describe('how long something is', () => {
  it.each([
    [0, '0:00.0', '0 seconds'],
    [1, '0:00.1', '0 seconds'],
    [500, '0:00.5', '0.5 seconds'],
    [9999, '0:09.9', '10 seconds'],
    [10_000, '0:10', '10 seconds'],
    [754_321, '12:34', '12 minutes, 34 seconds'],
  ])('%d ms reads %s, and for ears %s', (ms, read, heard) =>
    expect([fineClock(ms, 'en'), spoken(ms, 'en')]).toEqual([read, heard]),
  );

  it('is written as the language writes it', () => expect(fineClock(500, 'de')).toBe('0:00,5'));
});

describe('the poster', () => {
  it.each([
    [0, 60_000, 1000],
    [5000, 60_000, 6000],
    [5000, 5500, 5250],
    [0, 800, 400],
  ])('of what is kept from %d to %d ms shows the moment %d', (from, to, moment) =>
    expect(posterMoment(from, to)).toBe(moment),
  );
});
