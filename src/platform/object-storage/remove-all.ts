import { setTimeout as wait } from 'node:timers/promises';

const TRIES = 6;

/**
 * Removes page after page until a listing comes back empty. A storage may for a moment still list what is gone.
 * @throws Error when the same things are listed again and again: something keeps them
 */
export async function removeAll<T>(
  list: () => Promise<readonly T[]>,
  remove: (items: readonly T[]) => Promise<void>,
): Promise<void> {
  let previous = '';
  for (let again = 0; ;) {
    const items = await list();
    if (!items.length) return;
    const seen = JSON.stringify(items);
    again = seen === previous ? again + 1 : 0;
    previous = seen;
    if (again === TRIES)
      throw new Error(`The storage keeps listing ${items.length} deleted objects; erasure is not done`);
    if (again) await wait(100 * 2 ** again);
    await remove(items);
  }
}
