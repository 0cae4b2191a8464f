/**
 * Copies text, also one that is still being fetched: the browser must be asked within the click, or it refuses.
 * @returns whether it worked; where not, show the text so that people can copy it themselves
 */
export async function copyText(text: string | Promise<string>): Promise<boolean> {
  try {
    const blob = Promise.resolve(text).then((ready) => new Blob([ready], { type: 'text/plain' }));
    await navigator.clipboard.write([new ClipboardItem({ 'text/plain': blob })]);
    return true;
  } catch {
    return copyByHand(await text);
  }
}

/** For frames whose page does not pass the clipboard on: the older way, which leaves the focus where it was. */
function copyByHand(text: string): boolean {
  const before = document.activeElement;
  const field = Object.assign(document.createElement('textarea'), { value: text, readOnly: true });
  field.className = 'visually-hidden';
  document.body.append(field);
  field.select();
  const copied = document.execCommand('copy');
  field.remove();
  if (before instanceof HTMLElement) before.focus();
  return copied;
}
