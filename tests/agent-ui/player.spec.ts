/// <reference lib="dom" />
import './runes.js';
import { Playback } from '../../frontend/src/lib/agent/player/playback.svelte.js';
import { nextRate, playerCommand, rates } from '../../frontend/src/lib/agent/player-keys.js';
import { tileAt, tilePlacement } from '../../frontend/src/lib/agent/storyboard.js';

const press = (key: string, chord: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey', boolean>> = {}) =>
  playerCommand({ key, ctrlKey: false, metaKey: false, altKey: false, ...chord });

describe('the player’s keys', () => {
  it.each([
    [' ', { do: 'toggle-play' }],
    ['k', { do: 'toggle-play' }],
    ['K', { do: 'toggle-play' }],
    ['j', { do: 'seek-by', seconds: -10 }],
    ['l', { do: 'seek-by', seconds: 10 }],
    ['ArrowLeft', { do: 'seek-by', seconds: -5 }],
    ['ArrowRight', { do: 'seek-by', seconds: 5 }],
    ['ArrowUp', { do: 'volume-by', share: 0.1 }],
    ['ArrowDown', { do: 'volume-by', share: -0.1 }],
    ['0', { do: 'seek-to', fraction: 0 }],
    ['9', { do: 'seek-to', fraction: 0.9 }],
    ['<', { do: 'rate-by', steps: -1 }],
    ['>', { do: 'rate-by', steps: 1 }],
    ['m', { do: 'toggle-mute' }],
    ['c', { do: 'toggle-captions' }],
    ['f', { do: 'toggle-fullscreen' }],
    ['x', null],
    ['Tab', null],
    ['Escape', null],
    ['constructor', null],
  ])('%p means %p', (key, command) => expect(press(key)).toEqual(command));

  it('leaves chords to the browser', () => {
    expect(press('f', { ctrlKey: true })).toBeNull();
    expect(press('l', { metaKey: true })).toBeNull();
    expect(press('ArrowLeft', { altKey: true })).toBeNull();
  });

  it('steps through the speeds and holds at the ends', () => {
    expect(nextRate(1, 1)).toBe(1.25);
    expect(nextRate(1, -1)).toBe(0.75);
    expect(nextRate(rates.at(-1) ?? 0, 1)).toBe(2);
    expect(nextRate(rates[0], -1)).toBe(0.5);
    expect(nextRate(1.1, 1)).toBe(1.25);
  });
});

describe('the storyboard', () => {
  const storyboard = { columns: 4, rows: 3, count: 10, intervalMs: 5000 };
  it('finds the tile of a moment', () => {
    expect(tileAt(storyboard, 0)).toEqual({ column: 0, row: 0 });
    expect(tileAt(storyboard, 4.99)).toEqual({ column: 0, row: 0 });
    expect(tileAt(storyboard, 27)).toEqual({ column: 1, row: 1 });
  });
  it('never shows a tile that is not there', () => {
    expect(tileAt(storyboard, 9999)).toEqual({ column: 1, row: 2 });
    expect(tileAt(storyboard, -1)).toEqual({ column: 0, row: 0 });
  });
  it('places a tile by percentages, also on a sheet of one', () => {
    expect(tilePlacement(storyboard, 27)).toEqual({ size: '400% 300%', position: `${(1 / 3) * 100}% 50%` });
    expect(tilePlacement({ columns: 1, rows: 1, count: 1, intervalMs: 1000 }, 3).position).toBe('0% 0%');
  });
});

describe('a video that does not load', () => {
  /** A video element reduced to what is asked of it here. */
  class FakeVideo extends EventTarget {
    currentSrc = '';
    paused = true;
    textTracks = [];
    loads = 0;
    load = () => void (this.loads += 1);
    play = async () => void (this.paused = false);
    arrives() {
      this.currentSrc = 'a file';
      this.dispatchEvent(new Event('loadedmetadata'));
    }
  }

  function shown() {
    const [video, playback] = [new FakeVideo(), new Playback(() => 10, 0)];
    playback.attach('file')(video as unknown as HTMLVideoElement);
    const signs = () => ({ waiting: playback.waiting, failed: playback.failed });
    return { video, playback, signs };
  }

  it('is waited for while it is tried again, and says so when that failed as well', async () => {
    const { playback, signs } = shown();
    let answered: (standing: 'refused') => void = () => undefined;
    playback.mend = () => new Promise((resolve) => (answered = resolve));
    for (const attempt of [() => playback.retry(), () => playback.retry(false)]) {
      const tried = attempt();
      expect(signs()).toEqual({ waiting: true, failed: false });
      answered('refused');
      await tried;
      expect(signs()).toEqual({ waiting: false, failed: true });
    }
  });

  it('plays in the end if that was wished for before there was anything, and only then', async () => {
    for (const wished of [true, false]) {
      const { video, playback, signs } = shown();
      playback.mend = async () => 'refused';
      if (wished) playback.toggle();
      await playback.load();
      playback.mend = async () => 'renewed';
      await playback.retry(false);
      expect(signs()).toEqual({ waiting: wished, failed: false });
      video.arrives();
      expect(video.paused).toBe(!wished);
    }
  });

  it('goes on by itself only if it played; who asks for it has it played', async () => {
    for (const asked of [true, false]) {
      const { video, playback } = shown();
      video.arrives();
      await playback.retry(asked);
      video.arrives();
      expect([video.loads, video.paused]).toEqual([1, !asked]);
    }
  });
});
