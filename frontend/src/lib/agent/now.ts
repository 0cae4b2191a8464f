import { createSubscriber } from 'svelte/reactivity';

const beatMs = 20_000;
const follow = createSubscriber((update) => {
  const timer = setInterval(update, beatMs);
  return () => clearInterval(timer);
});

/** The present, for ages: reading it keeps them growing while they are on the screen. */
export function now(): number {
  follow();
  return Date.now();
}
