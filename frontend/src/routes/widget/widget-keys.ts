/** The panel's own keys. They mean nothing while somebody writes, watches, or has a menu or dialog open. */
export type WidgetCommand = 'request' | 'copy' | 'next' | 'previous' | 'keys';

const commands: Record<string, WidgetCommand> = {
  r: 'request',
  c: 'copy',
  ArrowDown: 'next',
  ArrowUp: 'previous',
  '?': 'keys',
};
const elsewhere = 'input, textarea, select, dialog, [role="menu"], [data-player], [contenteditable="true"]';

export function widgetCommand(event: KeyboardEvent): WidgetCommand | null {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return null;
  if (event.target instanceof Element && event.target.closest(elsewhere)) return null;
  return Object.hasOwn(commands, event.key) ? (commands[event.key] ?? null) : null;
}
