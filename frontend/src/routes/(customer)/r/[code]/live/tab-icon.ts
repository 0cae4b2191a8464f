const ICONS = { recording: '/icon-recording.svg', paused: '/icon-paused.svg' } as const;

/** Shows in the browser's tab bar what this page is doing. Returns how to undo it. */
export function showInTab(state: keyof typeof ICONS): () => void {
  const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  if (!icon) return () => undefined;
  const usual = icon.href;
  icon.href = ICONS[state];
  return () => {
    icon.href = usual;
  };
}
