const channelName = 'screendesk-session';
const askEveryMs = 60_000;

/** Tells the browser's pages that somebody has just signed in or out. */
export function tellSessionChanged(): void {
  const channel = new BroadcastChannel(channelName);
  channel.postMessage('changed');
  channel.close();
}

/**
 * Calls back when somebody may have signed in or out: told by another page, or the page is looked at again (in a frame
 * of another site, browsers keep the pages apart and nothing is told), or is looked at for long (whoever follows no live
 * stream hears in no other way that their session ended). @returns how to stop
 */
export function onPossibleChange(listener: () => void): () => void {
  const channel = new BroadcastChannel(channelName);
  const seen = () => document.visibilityState === 'visible' && listener();
  channel.onmessage = () => listener();
  document.addEventListener('visibilitychange', seen);
  addEventListener('focus', seen);
  const timer = setInterval(seen, askEveryMs);
  return () => {
    clearInterval(timer);
    channel.close();
    document.removeEventListener('visibilitychange', seen);
    removeEventListener('focus', seen);
  };
}
