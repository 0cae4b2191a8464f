/** Web Locks say which recordings a living page is working on, so that no other page takes them for abandoned. */

const nameOf = (recording: string) => `screendesk-recording-${recording}`;

/**
 * Holds a recording until the returned function is called, or the page is gone. A browser that lets the page store
 * nothing refuses locks as well; what is in memory no other page can find, so it is kept without one.
 */
export async function holdUntil(recording: string): Promise<() => void> {
  const unheld = () => undefined;
  if (!navigator.locks) return unheld;
  return new Promise((granted) => {
    const held = () => new Promise<void>((release) => granted(release));
    navigator.locks.request(nameOf(recording), held).catch(() => granted(unheld));
  });
}

export async function isHeld(recording: string): Promise<boolean> {
  if (!navigator.locks) return false;
  const { held } = await navigator.locks.query();
  return held?.some(({ name }) => name === nameOf(recording)) ?? false;
}
