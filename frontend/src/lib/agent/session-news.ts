const channelName = 'screendesk-session';

/** Tells the browser's other pages that somebody has just signed in. */
export function tellSignedIn(): void {
  const channel = new BroadcastChannel(channelName);
  channel.postMessage('signed-in');
  channel.close();
}

/**
 * Calls back when somebody may have signed in: told by another page, or the page is looked at again (in a frame of
 * another site, browsers keep the pages apart and nothing is told). @returns how to stop
 */
export function onPossibleSignIn(listener: () => void): () => void {
  const channel = new BroadcastChannel(channelName);
  const seen = () => document.visibilityState === 'visible' && listener();
  channel.onmessage = listener;
  document.addEventListener('visibilitychange', seen);
  addEventListener('focus', seen);
  return () => {
    channel.close();
    document.removeEventListener('visibilitychange', seen);
    removeEventListener('focus', seen);
  };
}
