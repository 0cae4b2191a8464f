/** Keeping a list on the screen true while the world changes behind it. All functions leave their input alone. */

export type Listed = { id: string };
type Order<T> = (item: T) => string;

/** Newest first, by an ISO time; equal times by id, so that nothing swaps places on its own. */
export const newestFirst =
  <T extends Listed>(at: Order<T>) =>
  (a: T, b: T) =>
    at(b).localeCompare(at(a)) || b.id.localeCompare(a.id);

/**
 * Puts a changed item where it belongs: replaced in place, added, or taken out when it no longer matches.
 * An item older than everything loaded waits for "load more": adding it would leave a hole before it.
 */
export function placeChanged<T extends Listed>(
  items: readonly T[],
  changed: T,
  rules: { at: Order<T>; matches: (item: T) => boolean; complete: boolean },
): T[] {
  const known = items.some(({ id }) => id === changed.id);
  if (!rules.matches(changed)) return known ? withoutItem(items, changed.id) : [...items];
  if (known) return items.map((item) => (item.id === changed.id ? changed : item));
  const oldest = items.at(-1);
  if (!rules.complete && oldest && rules.at(changed) < rules.at(oldest)) return [...items];
  return [...items, changed].sort(newestFirst(rules.at));
}

/** Takes an item out. */
export const withoutItem = <T extends Listed>(items: readonly T[], id: string): T[] =>
  items.filter((item) => item.id !== id);

/** Adds a further page; what is there twice (it moved between two calls) stays once, in its newer form. */
export function appendPage<T extends Listed>(items: readonly T[], page: readonly T[]): T[] {
  const fresh = new Map(page.map((item) => [item.id, item]));
  const kept = items.map((item) => fresh.get(item.id) ?? item);
  const known = new Set(items.map(({ id }) => id));
  return [...kept, ...page.filter(({ id }) => !known.has(id))];
}

/** After a reconnection: the first page anew, followed by what had been loaded beyond it. */
export function refreshHead<T extends Listed>(items: readonly T[], head: readonly T[], at: Order<T>): T[] {
  const last = head.at(-1);
  if (!last) return [];
  const inHead = new Set(head.map(({ id }) => id));
  return [...head, ...items.filter((item) => !inHead.has(item.id) && at(item) < at(last))];
}
