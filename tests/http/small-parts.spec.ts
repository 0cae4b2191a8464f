import { setImmediate as nextTurn } from 'node:timers/promises';
import { createContext, runInContext } from 'node:vm';
import fc from 'fast-check';
import type { Request } from 'express';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import ts from 'typescript';
import { refuse } from '#kernel/refusal.js';
import { clientAddress } from '#platform/http/client-address.js';
import { cursorOf, pageOf, readCursor } from '#platform/http/cursor.js';
import { inlineHashes } from '#platform/http/front-end-files.js';
import { defaultHttpSettings } from '#platform/http/http-settings.js';
import { idempotentId } from '#platform/http/idempotency.js';
import { type Counted, memoryLimiters, type RateLimit, RateLimits } from '#platform/http/rate-limits.js';
import { HopelessJob } from '#platform/jobs/job-runner.js';
import { failureReason } from '#platform/telemetry/failure-reason.js';
import { MediaFailed, MediaRejected } from '#modules/media/processing/media-errors.js';
import { nodesOf, sources } from '../../scripts/api-facts.js';
import { inConversation, wasInVain } from '#platform/telemetry/conversation.js';
import { Standstill } from '#platform/consumers/standstill.js';
import { isTransient } from '#platform/consumers/transient.js';
import { allowedFields, loggableError, scrub } from '#platform/telemetry/allow-list.js';
import { createLogger } from '#platform/telemetry/logger.js';
import { NestLogger } from '#platform/telemetry/nest-logger.js';
import { Repetitions } from '#platform/telemetry/repetitions.js';
import { eventually } from '../support/eventually.js';

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

describe('a storm of one line', () => {
  const lines: Record<string, unknown>[] = [];
  const logger = new NestLogger(
    createLogger('info', { write: (line) => void lines.push(JSON.parse(line)) }),
    new Repetitions(30),
  );
  const told = () => lines.map(({ msg, count, correlationId }) => [msg, count, correlationId]);
  beforeEach(() => void (lines.length = 0));

  it('is one line and a count; another component, workspace, level or reason is another line', async () => {
    const away = (message: string) => Object.assign(new Error(message), { code: 'ECONNREFUSED' });
    for (let n = 0; n < 50; n++) logger.warn({ msg: 'Away', id: n, err: away('S3') }, 'Jobs');
    logger.warn({ msg: 'Away', err: away('Redis') }, 'Jobs');
    logger.warn({ msg: 'Away', err: away('S3') }, 'Uploads');
    logger.error({ msg: 'Away', err: away('S3') }, 'Jobs');
    logger.warn({ msg: 'Away', workspaceId: 'w', err: away('S3') }, 'Jobs');
    for (let n = 0; n < 2; n++) logger.log({ msg: 'Answered', status: 503 }, 'Http');
    expect(lines).toHaveLength(7);
    await eventually(() => expect(told().at(-1)).toEqual(['Away', 49, undefined]));
    logger.warn({ msg: 'Away', err: away('S3') }, 'Jobs'); // the storm goes on
    await eventually(() => expect(told().at(-1)).toEqual(['Away', 1, undefined]));
    expect(lines).toHaveLength(9);
  });

  it('swallows nothing that belongs to a conversation, unless its reason is the same', async () => {
    for (const id of ['a', 'b']) inConversation(id, () => logger.warn('Refused', 'Links'));
    for (const id of ['a', 'b']) inConversation(id, () => logger.error({ msg: 'Failed', err: new Error(id) }, 'X'));
    for (const id of ['c', 'd']) inConversation(id, () => logger.error({ msg: 'Failed', err: new Error('x') }, 'X'));
    await eventually(() =>
      expect(told()).toEqual([
        ['Refused', undefined, 'a'],
        ['Refused', undefined, 'b'],
        ['Failed', undefined, 'a'],
        ['Failed', undefined, 'b'],
        ['Failed', undefined, 'c'],
        ['Failed', 1, undefined],
      ]),
    );
  });
});

it('waits for room on the disk, whoever says that there is none', () => {
  expect(
    isTransient(new MediaFailed('seekable file', 'exit 1: av_interleaved_write_frame(): No space left on device')),
  ).toBe(true);
  expect(isTransient(new MediaFailed('seekable file', 'exit 1: Invalid data'))).toBe(false);
});

it('finds a reader that stands still as soon after hours of sleep as before, and blames none for the sleep', () => {
  let now = performance.now();
  const reader = { name: 'list', movedAt: now };
  const found: number[] = [];
  const tell = () => found.push(now);
  const standstill = new Standstill(() => [reader], tell, { afterMs: 60_000, lookEveryMs: 2_000 });
  const pass = (ms: number) => standstill.look((now += ms));
  for (let n = 0; n < 25; n++) pass(2_000);
  pass(4 * 3_600_000);
  expect(found).toEqual([]);
  const moved = (reader.movedAt = now);
  while (!found.length && now - moved < 600_000) pass(2_000);
  standstill.stop();
  expect(found[0]! - moved).toBeLessThan(70_000);
});

describe('rate limits', () => {
  it('hold nothing against those who are right, however many come at once and whatever is away meanwhile', async () => {
    const limits = new RateLimits(memoryLimiters);
    const few: Counted = [{ name: 'few', points: 3, perSeconds: 600 }, 'office'];
    const right = () => limits.counting([few], () => nextTurn('let in'));
    const wrong = () => limits.counting([few], async () => refuse('SIGN_IN_FAILED', 'No.', 'unauthenticated'));
    const cut = () => limits.counting([few], () => Promise.reject(new Error('The database is away')));
    expect(await Promise.all(Array.from({ length: 40 }, right))).toEqual(Array.from({ length: 40 }, () => 'let in'));
    await Promise.allSettled(Array.from({ length: 40 }, cut));
    for (let guess = 0; guess < 2; guess++) await expect(wrong()).rejects.toMatchObject({ code: 'SIGN_IN_FAILED' });
    expect(await Promise.all([right(), right(), right()])).toEqual(['let in', 'let in', 'let in']);
    const guesses = await Promise.allSettled(Array.from({ length: 40 }, wrong));
    const codes = guesses.map((guess) => (guess as PromiseRejectedResult).reason.code);
    expect(codes.filter((code) => code === 'SIGN_IN_FAILED')).toHaveLength(1);
    await expect(right()).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  });

  it('tell whoever waited for others in vain to come back soon, rather than when all is forgotten', async () => {
    const limits = new RateLimits(memoryLimiters, 20);
    const one: Counted = [{ name: 'one', points: 1, perSeconds: 600 }, 'office'];
    const judged = Promise.withResolvers<string>();
    const first = limits.counting([one], () => judged.promise);
    const second = limits.counting([one], async () => 'let in');
    await expect(second).rejects.toMatchObject({ code: 'RATE_LIMITED', details: { retryAfterSeconds: 5 } });
    judged.resolve('let in');
    expect(await first).toBe('let in');
    expect(await limits.counting([one], async () => 'let in')).toBe('let in');
  });

  it('do not count what is answered by 503', async () => {
    const limits = new RateLimits(memoryLimiters);
    const one: RateLimit = { name: 'one', points: 1, perSeconds: 600 };
    const call = (then: () => void) => inConversation('c', () => limits.pace(one, 'ada').then(then));
    for (let outage = 0; outage < 3; outage++) await call(wasInVain);
    await call(() => undefined);
    await expect(call(() => undefined)).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  });

  it('count each key and each limit apart, forget on demand, and show a store no key', async () => {
    const seen: string[] = [];
    class Watched extends RateLimiterMemory {
      override consume(key: string, points?: number) {
        seen.push(key);
        return super.consume(key, points);
      }
    }
    const limits = new RateLimits((options) => new Watched(options));
    const [one, two] = [
      { name: 'one', points: 1, perSeconds: 60 },
      { name: 'two', points: 1, perSeconds: 600 },
    ];
    await limits.take(one, 'ada@example.com');
    await limits.take(two, 'ada@example.com');
    await limits.take(one, 'bob@example.com');
    await expect(limits.take(one, 'ada@example.com')).rejects.toMatchObject({
      code: 'RATE_LIMITED',
      details: { retryAfterSeconds: expect.any(Number) as number },
    });
    await expect(limits.take(two, 'ada@example.com')).rejects.toMatchObject({
      sentence: 'Too many requests. Try again in 10 minutes.',
    });
    await limits.forget(one, 'ada@example.com');
    await limits.take(one, 'ada@example.com');
    expect(seen.join()).not.toContain('example');
  });

  it('let a broken store be seen rather than refuse or admit everybody', async () => {
    const broken = new Error('store down');
    class Broken extends RateLimiterMemory {
      override consume(): Promise<never> {
        return Promise.reject(broken);
      }
    }
    const limits = new RateLimits((options) => new Broken(options));
    await expect(limits.take({ name: 'one', points: 1, perSeconds: 1 }, 'k')).rejects.toBe(broken);
  });
});

describe('log lines', () => {
  it('keep only the fields that are named, and only when they are plain', () => {
    const fields = {
      status: 200,
      body: 'x',
      headers: {},
      name: { first: 'Ada' },
      route: '/r/0123abc',
      email: 'a@b.example',
    };
    expect(allowedFields(fields)).toEqual({ status: 200, route: '/r/[code]' });
  });

  it.each([
    ['no user ada@example.com here', 'no user [e-mail] here'],
    ['Bearer sdk_12_ab-c and cap_x.y.z', 'Bearer sdk_[secret] and cap_[secret]'],
    ['GET /r/0123456789abcdefghjkmnpqrs', 'GET /r/[code]'],
    ['postgres://desk:hunter2@db:5432/x', 'postgres://desk:[secret]@db:5432/x'],
    ['GET /api/v1/recordings?q=ada', 'GET /api/v1/recordings?[query]'],
  ])('write "%s" as "%s"', (words, clean) => {
    expect(scrub(words)).toBe(clean);
  });

  it('reduce an error and its causes, and end a circle of them', () => {
    const error = Object.assign(new Error('outer'), { code: 'E1', detail: 'Key (email)=(ada)', rows: [1] });
    error.cause = error;
    const text = JSON.stringify(loggableError(error));
    expect(text).toContain('"code":"E1"');
    expect(text).not.toContain('Key (email)');
  });
});

describe('inline hashes', () => {
  it('cover every inline script and style, and no external one', () => {
    const html = `<script>a</script><SCRIPT type="module">\nb\n</SCRIPT><script src="c.js"></script><style media="x">d</style>`;
    const { scripts, styles } = inlineHashes(html);
    expect([scripts.length, styles.length]).toEqual([2, 1]);
    expect(scripts[0]).toBe("'sha256-ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs='");
  });
});

describe('why something failed, where it is kept', () => {
  const at = (error: Error, frame: string) => Object.assign(error, { stack: `${error.name}: Anna\n${frame}` });

  it.each([
    ['our own sentence', new HopelessJob('No encoder is here'), 'No encoder is here'],
    ['a refused file', new MediaRejected('EMPTY_FILE', 'Nothing is in it.'), 'EMPTY_FILE: Nothing is in it.'],
    ['a tool without its words', new MediaFailed('film', "title: Anna's screen"), 'Making the film failed'],
    ['a sentence that is empty', at(new HopelessJob(), ''), 'Error'],
    [
      'the kind, the code and the place of a library',
      at(
        Object.assign(new TypeError('Anna'), { code: 'ENOSPC' }),
        '    at x (/srv/src/node_modules/a/src/a.js:1:2)\n    at async y (file:///usr/src/app/dist/modules/media/a-b.js:34:5)',
      ),
      'TypeError ENOSPC at modules/media/a-b.js:34',
    ],
    ['the code of its cause', at(new Error('Anna', { cause: { code: '23505' } }), ''), 'Error 23505'],
    ['no name or code that is words', at(Object.assign(new Error(), { name: 'Anna M.', code: 'a b' }), ''), 'Error'],
    ['nothing of what is no error', { message: 'Anna' }, 'something that is no error'],
  ])('is %s', (_, error, reason) => expect(failureReason(error)).toBe(reason));
});

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
        try {
          runInContext(`for (const text of texts) { at = text.slice(0, 9); ${use}; }`, context, { timeout: 5000 });
        } catch (error) {
          slow.push(`${file.fileName}: ${pattern} by ${JSON.stringify(context.at)} (${String(error)})`);
        }
      }
    expect(slow).toEqual([]);
    expect(tried).toBeGreaterThan(10);
  }, 120_000);
});
