/** Web Locks say which recordings a living page is working on, so that no other page takes them for abandoned. */

const nameOf = (recording: string) => `screendesk-recording-${recording}`;

/** Holds a recording until the returned function is called, or the page is gone. */
export async function holdUntil(recording: string): Promise<() => void> {
  if (!navigator.locks) return () => undefined;
  return new Promise((granted) => {
    void navigator.locks.request(nameOf(recording), () => new Promise<void>((release) => granted(release)));
  });
}

export async function isHeld(recording: string): Promise<boolean> {
  if (!navigator.locks) return false;
  const { held } = await navigator.locks.query();
  return held?.some(({ name }) => name === nameOf(recording)) ?? false;
}
