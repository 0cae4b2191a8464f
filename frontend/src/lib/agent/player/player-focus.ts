import { playerCommand, type PlayerCommand } from '../player-keys.js';

const writing = 'input:not([type="range"]), textarea, select, [contenteditable="true"]';
const elsewhere = '[role="menu"], dialog, [role="dialog"]';
const pressable = 'button, a[href], summary';
/** Keys that scroll the page unless the player has the focus. */
const scrolling = ['ArrowUp', 'ArrowDown', 'Home', 'End'];

/** What a pressed key means for the player, or null when it belongs to something else that has the focus. */
export function keyFor(event: KeyboardEvent, frame: HTMLElement | undefined, wholePage: boolean): PlayerCommand | null {
  const target = event.target instanceof Element ? event.target : document.body;
  if (event.defaultPrevented || target.closest(writing) || target.closest(elsewhere)) return null;
  const inside = frame?.contains(target) ?? false;
  if (!inside && (!wholePage || scrolling.includes(event.key))) return null;
  if (event.key === ' ' && target.closest(pressable)) return null;
  if (event.key.startsWith('Arrow') && target.closest('[data-own-arrows]')) return null;
  return playerCommand(event);
}
