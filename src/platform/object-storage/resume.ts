/** An iteration that was begun, with what was already taken from it put back. */
export function resume<T>(taken: readonly T[], source: AsyncIterator<T>): AsyncIterable<T> {
  const waiting = [...taken];
  const iterator: AsyncIterator<T> = {
    next: async () => (waiting.length ? { value: waiting.shift()!, done: false } : source.next()),
    return: async () => (await source.return?.()) ?? { value: undefined, done: true },
  };
  return { [Symbol.asyncIterator]: () => iterator };
}
