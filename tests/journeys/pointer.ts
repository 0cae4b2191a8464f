/// <reference lib="dom" />
import type { Locator, Page } from 'playwright-core';

/** Moves a person's hand over a control: to shares (0 to 1) of what is seen of it, along its middle. */
async function along(seen: Locator, shares: readonly number[]): Promise<{ x: number; y: number }[]> {
  const box = await seen.boundingBox();
  if (!box) throw new Error('There is nothing to be seen of the control.');
  return shares.map((share) => ({ x: box.x + share * box.width, y: box.y + box.height / 2 }));
}

/** Presses the mouse at the first share, drags over the others and lets go. */
export async function dragMouse(page: Page, seen: Locator, ...shares: number[]): Promise<void> {
  const [first, ...others] = await along(seen, shares);
  await page.mouse.move(first!.x, first!.y);
  await page.mouse.down();
  for (const { x, y } of others) await page.mouse.move(x, y, { steps: 5 });
  await page.mouse.up();
}

/** The same with a finger. */
export async function dragFinger(page: Page, seen: Locator, ...shares: number[]): Promise<void> {
  const touch = await page.context().newCDPSession(page);
  const points = await along(seen, shares);
  const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: { x: number; y: number }[]) =>
    touch.send('Input.dispatchTouchEvent', { type, touchPoints });
  await send('touchStart', [points[0]!]);
  for (const point of points.slice(1)) await send('touchMove', [point]);
  await send('touchEnd', []);
  await touch.detach();
}
