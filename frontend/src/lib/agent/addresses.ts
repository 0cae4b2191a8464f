import { momentParam } from './time.js';

/** Addresses of the API that elements load by themselves. */
const recordingAt = (id: string) => `/api/v1/recordings/${encodeURIComponent(id)}`;

export const posterAddress = (id: string) => `${recordingAt(id)}/poster`;
export const storyboardAddress = (id: string) => `${recordingAt(id)}/storyboard`;

/** The page of a recording, at a moment when one is given. */
export const recordingPage = (id: string, seconds = 0) =>
  `/recordings/${encodeURIComponent(id)}${seconds >= 1 ? `?t=${momentParam(seconds)}` : ''}`;

/** Where to go after signing in: a page of this origin, never somebody else's address. */
export function safeReturn(next: string | null): string {
  const here = 'http://here.invalid';
  const address = URL.canParse(next ?? '', here) ? new URL(next ?? '', here) : null;
  if (!next?.startsWith('/') || address?.origin !== here) return '/';
  return address.pathname + address.search + address.hash;
}
