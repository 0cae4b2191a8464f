import { createContext, runInContext } from 'node:vm';
import fc from 'fast-check';
import type { Request } from 'express';
import ts from 'typescript';
import { clientAddress } from '#platform/http/client-address.js';
import { cursorOf, pageOf, readCursor } from '#platform/http/cursor.js';
import { defaultHttpSettings } from '#platform/http/http-settings.js';
import { idempotentId } from '#platform/http/idempotency.js';
import { nodesOf, sources } from '../../scripts/api-facts.js';

describe('cursors', () => {
  it('come back as they went', () => {
    fc.assert(
      fc.property(fc.string(), fc.maxSafeInteger(), (text, number) => {
        expect(readCursor(cursorOf([text, number]), ['string', 'number'])).toEqual([text, number]);
      }),
    );
  });

  it('that were tampered with, or belong to another list, are refused', () => {
    const refused = (cursor: string) =>
      expect(() => readCursor(cursor, ['string', 'number'])).toThrow(
        expect.objectContaining({ code: 'CURSOR_INVALID' }),
      );
    for (const cursor of ['', '%', 'x', `${cursorOf(['a', 1])}x`, cursorOf([1, 'a']), cursorOf(['a', 1, 2])])
      refused(cursor);
    refused(Buffer.from('{"0":"a"}').toString('base64url'));
    refused('x'.repeat(100_000));
    fc.assert(fc.property(fc.string(), refused));
  });

  it('begin the next page behind the last row, and end with the list', () => {
    expect(pageOf([1, 2, 3], 2, (n) => [n])).toEqual({ items: [1, 2], nextCursor: cursorOf([2]) });
    expect(pageOf([1, 2], 2, (n) => [n])).toEqual({ items: [1, 2], nextCursor: null });
    expect(pageOf([], 2, () => [])).toEqual({ items: [], nextCursor: null });
  });
});

describe('idempotent ids', () => {
  it('are UUIDs, the same for the same caller, route and key, and different for any other', () => {
    const id = idempotentId('w-1', 'POST /requests', 'k');
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(idempotentId('w-1', 'POST /requests', 'k')).toBe(id);
    const others = [idempotentId('w-2', 'POST /requests', 'k'), idempotentId('w-1', 'POST /keys', 'k')];
    expect(new Set([id, ...others, idempotentId('w-1', 'POST /request', 'sk')]).size).toBe(4);
  });
});

describe('client addresses', () => {
  it.each([
    ['198.51.100.7', '198.51.100.7'],
    ['::ffff:198.51.100.7', '198.51.100.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:0db8::1', '2001:db8::/64'],
    ['fe80::1%eth0', 'fe80::/64'],
    ['::1', '::/64'],
    ['198.51.100.7:4711', '198.51.100.7'],
    ['[2001:db8:1:2::9]:443', '2001:db8:1:2::/64'],
    ['nonsense', 'unknown'],
    [undefined, 'unknown'],
  ])('counts %s as %s', (ip, counted) => {
    expect(clientAddress({ ip, socket: {} } as Request)).toBe(counted);
  });
});

function failureOf(run: () => void): string | null {
  try {
    run();
    return null;
  } catch (error) {
    return String(error);
  }
}

describe('every pattern of ours', () => {
  /** The size of the largest body: no text from outside is longer. Time that grows with its square is minutes. */
  const LENGTH = defaultHttpSettings.maxJsonBytes;
  /** What has none of these cannot be slow. */
  const REPEATS = /[*+]|,\}/;
  /** What the operator writes, or this program itself. */
  const OURS = /^(src\/platform\/(config|projections|database|contexts|files)\/|src\/[^/]+$)/;
  const fills = ['a', 'A0', 'f', ' ', '\n', '\0', '-', '.', ',', '/', '"', '@', 'a@', '=', ':', '"a"', 'a.', 'a b', '*', '?', '://a:', '_', '💥']; // prettier-ignore
  const ends = ['', '\n', '!'];

  it('takes time in proportion to its text, and so little that a body full of it holds nobody up', async () => {
    const slow: string[] = [];
    let tried = 0;
    const texts = fills.flatMap((fill) => ends.map((end) => fill.repeat(Math.ceil(LENGTH / fill.length)) + end));
    const context = createContext({ texts, at: '' });
    for (const file of (await sources()).filter(({ fileName }) => !OURS.test(fileName)))
      for (const { text: pattern } of nodesOf(file, ts.isRegularExpressionLiteral)) {
        if (!REPEATS.test(pattern)) continue;
        tried++;
        const use = `${pattern}.global ? text.replace(${pattern}, '') : ${pattern}.test(text)`;
        const run = () =>
          runInContext(`for (const text of texts) { at = text.slice(0, 9); ${use}; }`, context, { timeout: 5000 });
        const failure = failureOf(run) && failureOf(run) && failureOf(run); // a busy machine may stand still for one
        if (failure) slow.push(`${file.fileName}: ${pattern} by ${JSON.stringify(context.at)} (${failure})`);
      }
    expect(slow).toEqual([]);
    expect(tried).toBeGreaterThan(10);
  }, 120_000);
});
