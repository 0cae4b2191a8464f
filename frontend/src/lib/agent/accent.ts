import { accentTokens, wearAccent } from '#lib/design/accent.js';

/** Wears the workspace's colour, or the product's own when it has none (any more). */
export function wear(accent: string | null): void {
  for (const name of Object.keys(accentTokens([0, 0, 0]))) document.documentElement.style.removeProperty(name);
  if (accent) wearAccent(accent);
}
