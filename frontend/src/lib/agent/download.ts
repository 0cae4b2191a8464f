import { intention } from '../api/intention.js';
import { beginDownload } from '../api/viewings.js';
import { refusalWords } from './failures.js';
import { session } from './session.svelte.js';
import { texts } from './texts.js';
import { toasts } from './toasts.svelte.js';

/** A second press within this time is a double click. */
const doubleClickMs = 800;
/** Longer than this without any sign looks as if nothing happened. */
const silenceMs = 300;
/** One key for each file that is being asked for: a press that is repeated after a broken line is the same press. */
const keys = new Map<string, string>();
const pressed = new Set<string>();
let begun = false;

/** Whether this page has handed a file over to the browser, which tells nobody how far it has come. */
export const hasBegunDownload = () => begun;

/** Has the server note it, then lets the browser fetch the file by a plain link, under the name that the server gives it. */
export async function download(id: string, variant: 'recording' | 'mp4'): Promise<void> {
  const file = `${id} ${variant}`;
  if (pressed.has(file)) return;
  pressed.add(file);
  const key = keys.get(file) ?? intention();
  keys.set(file, key);
  const sign = setTimeout(() => toasts.say(texts.recording.downloadBegins), silenceMs);
  try {
    const { url } = await beginDownload(id, variant, key);
    keys.delete(file);
    Object.assign(document.createElement('a'), { href: url, download: '' }).click();
    begun = true;
    // A session that ended in this moment would end the file without a word.
    void session.look();
  } catch (failure) {
    toasts.say(refusalWords(failure, texts.failure.away), 'danger');
  } finally {
    clearTimeout(sign);
    setTimeout(() => pressed.delete(file), doubleClickMs);
  }
}
