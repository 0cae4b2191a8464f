import { nextRate, type PlayerCommand } from '../player-keys.js';
import type { Playback } from './playback.svelte.js';

/** Full screen and the list of keys are the page's affair; everything else is done here. */
type Obeyed = Exclude<PlayerCommand, { do: 'toggle-fullscreen' | 'show-keys' }>;

/** Does what a key asked for. */
export function obey(playback: Playback, command: Obeyed): void {
  switch (command.do) {
    case 'toggle-play':
      return playback.toggle();
    case 'seek-by':
      return playback.seek(playback.currentTime + command.seconds);
    case 'seek-to':
      return playback.seek(playback.duration * command.fraction);
    case 'volume-by':
      return playback.setVolume(playback.volume + command.share);
    case 'rate-by':
      return playback.setRate(nextRate(playback.rate, command.steps));
    case 'toggle-mute':
      return playback.toggleMuted();
    case 'toggle-captions':
      return playback.toggleCaptions();
  }
}
