/** Ends an exhaustive switch: the compiler proves it is never reached, and an unknown case is a bug. */
export function unreachable(value: never): never {
  throw new Error(`Unhandled case: ${JSON.stringify(value)}`);
}
