import { captureProblem } from '../../frontend/src/lib/recorder/capture/capture-problem.js';
import { chooseScreen } from '../../frontend/src/lib/recorder/capture/display.js';
import { findLack } from '../../frontend/src/lib/recorder/capture/lack.js';
import { SilenceWatch } from '../../frontend/src/lib/recorder/capture/silence.js';
import { Stopwatch } from '../../frontend/src/lib/recorder/capture/stopwatch.js';
import { clock, spoken } from '../../frontend/src/lib/recorder/duration.js';
import { mediaTypeOf } from '../../frontend/src/lib/recorder/media-type.js';
import { familyOf, systemOf } from '../../frontend/src/lib/recorder/platform.js';

const refusal = (name: string, message = '') => new DOMException(message, name);

/** A browser's picker that stumbles so many times before it answers. */
function picker(...answers: (DOMException | string)[]) {
  const asked: { audio?: unknown; selfBrowserSurface?: unknown; video?: unknown }[] = [];
  const getDisplayMedia = async (options: object) => {
    asked.push(options);
    const answer = answers[asked.length - 1]!;
    if (typeof answer === 'string') return answer;
    throw answer;
  };
  return { asked, devices: { getDisplayMedia } as unknown as MediaDevices };
}

describe('choosing the screen', () => {
  it('asks for less, and in the end without sound, when the browser stumbles', async () => {
    const { asked, devices } = picker(refusal('TypeError'), refusal('NotSupportedError'), 'stream');
    expect(await chooseScreen(devices, true)).toBe('stream');
    const audio = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
    expect(asked[0]).toMatchObject({ audio, selfBrowserSurface: 'exclude', video: { frameRate: { ideal: 15 } } });
    expect(asked.slice(1)).toEqual([{ video: true, audio: true }, { video: true }]);
  });

  it.each(['NotAllowedError', 'AbortError'])('takes a no for a no: %s', async (name) => {
    const { asked, devices } = picker(refusal(name), 'stream');
    await expect(chooseScreen(devices, false)).rejects.toMatchObject({ name });
    expect(asked).toHaveLength(1);
  });
});

it.each([
  ['NotAllowedError', '', 3000, 'windows', 'dismissed'],
  ['NotAllowedError', '', 20, 'windows', 'blocked_by_policy'],
  ['NotAllowedError', 'Permission denied by system', 20, 'mac', 'blocked_by_system'],
  ['NotReadableError', '', 900, 'mac', 'blocked_by_system'],
  ['NotReadableError', '', 900, 'windows', 'source_busy'],
  ['NotFoundError', '', 900, 'other', 'nothing_to_share'],
  ['InvalidStateError', '', 1, 'other', 'not_now'],
  ['SecurityError', '', 1, 'other', 'blocked_by_policy'],
  ['AbortError', '', 900, 'other', 'dismissed'],
  ['EncodingError', '', 900, 'other', 'unknown'],
] as const)('tells %s %s after %i ms on %s as %s', (name, message, afterMs, system, problem) => {
  expect(captureProblem(refusal(name, message), afterMs, system)).toBe(problem);
});

describe('what a browser lacks', () => {
  const whole = {
    isSecureContext: true,
    navigator: { mediaDevices: { getDisplayMedia: 1 } },
    MediaRecorder: 1,
    AudioContext: 1,
    Worker: 1,
  };
  it.each([
    [{}, null],
    [{ isSecureContext: false }, 'insecure-context'],
    [{ navigator: { mediaDevices: {} } }, 'no-display-capture'],
    [{ navigator: {} }, 'no-display-capture'],
    [{ MediaRecorder: undefined }, 'no-recorder'],
  ])('%j: %s', (without, lack) => {
    expect(findLack({ ...whole, ...without } as unknown as typeof globalThis)).toBe(lack);
  });
});

describe('a silent microphone', () => {
  const listen = (watch: SilenceWatch, peak: number, fromMs: number, toMs: number) => {
    for (let at = fromMs; at <= toMs; at += 100) watch.hear(peak, at);
    return watch.silent;
  };

  it('is noticed after eight seconds without a voice', () => {
    const watch = new SilenceWatch();
    expect(listen(watch, 0.001, 0, 8000)).toBe(false);
    expect(listen(watch, 0.001, 8100, 8200)).toBe(true);
  });

  it('is forgiven as soon as a voice is heard', () => {
    const watch = new SilenceWatch();
    expect(listen(watch, 0, 0, 9000)).toBe(true);
    watch.hear(0.2, 9100);
    expect(watch.silent).toBe(false);
  });

  it('is not what somebody who only thinks has, unless it went dead', () => {
    const watch = new SilenceWatch();
    watch.hear(0.2, 0);
    expect(listen(watch, 0.002, 100, 60_000)).toBe(false);
    expect(listen(watch, 0, 60_100, 91_000)).toBe(true);
  });

  it('is given time again after a pause', () => {
    const watch = new SilenceWatch();
    listen(watch, 0, 0, 9000);
    watch.restart();
    expect(listen(watch, 0, 9000, 16_000)).toBe(false);
  });
});

it('measures what was recorded, without the pauses', () => {
  const watch = new Stopwatch();
  watch.start(1000);
  watch.start(1500);
  watch.stop(3000);
  expect(watch.elapsed(9000)).toBe(2000);
  watch.start(9000);
  expect(watch.elapsed(9500)).toBe(2500);
  watch.stop(10_000);
  watch.stop(20_000);
  expect(watch.elapsed(30_000)).toBe(3000);
});

it('tells time for eyes and for ears', () => {
  expect([0, 999, 7000, 750_000, 3_723_000].map(clock)).toEqual(['0:00', '0:00', '0:07', '12:30', '1:02:03']);
  expect(spoken(0, 'en')).toBe('0 seconds');
  expect(spoken(65_000, 'en')).toBe('1 minute, 5 seconds');
  expect(spoken(3_600_000, 'de')).toBe('1 Stunde');
});

it.each([
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15',
    'mac',
    'Safari on macOS',
  ],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0 Safari/537.36 Edg/150.0',
    'windows',
    'Edge on Windows',
  ],
  ['Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0', 'android', 'Firefox on Android'],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/150 Mobile Safari/604.1',
    'ios',
    'Chrome on iOS',
  ],
  ['curl/8', 'other', 'Other browser on other system'],
] as const)('knows the family of %s, and no more', (userAgent, system, family) => {
  expect(systemOf(userAgent)).toBe(system);
  expect(familyOf(userAgent)).toBe(family);
  expect(family).toMatch(/^[A-Za-z0-9 ._()-]{1,40}$/);
});

it('knows a video by its type or its name, and nothing else', () => {
  expect(mediaTypeOf({ type: 'video/mp4', name: 'x' })).toBe('video/mp4');
  expect(mediaTypeOf({ type: '', name: 'RPReplay_Final.MOV' })).toBe('video/quicktime');
  expect(mediaTypeOf({ type: 'video/x-m4v', name: 'clip.m4v' })).toBe('video/mp4');
  expect(mediaTypeOf({ type: 'image/png', name: 'shot.png' })).toBeNull();
  expect(mediaTypeOf({ type: '', name: 'constructor' })).toBeNull();
});
