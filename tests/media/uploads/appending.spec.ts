import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { SEGMENT_BYTES } from '#modules/media/uploads/upload.js';
import { contentOf, madeOf, objectsOf, segmentsOf, stored as storedOn } from './support/stored.js';
import { contentDigest, metadata, sha256, TusCustomer, type Opened } from './support/tus-customer.js';
import type { UploadApp } from './support/upload-app.js';
import { uploadGround, type UploadGround } from './support/upload-ground.js';

let ground: UploadGround;
let [east, west]: UploadApp[] = [];
const customer = new TusCustomer();
beforeAll(async () => {
  ground = await uploadGround();
  [east, west] = [await ground.start(), await ground.start()];
});
afterAll(() => ground.drop());

const [first, second, third] = [randomBytes(70_000), randomBytes(100_000), randomBytes(30_000)];

const stored = (upload: Opened) => storedOn(west!, upload);

describe('appends to two web servers on one database', () => {
  it('are stored in order, whichever server takes them, and come out byte for byte', async () => {
    const upload = await customer.open(east!);
    const answers = [
      await customer.patch(east!, upload.path, 0, first),
      await customer.patch(west!, upload.path, 70_000, second),
      await customer.patch(east!, upload.path, 170_000, third),
    ];
    expect(answers.map(({ status, offset }) => [status, offset])).toEqual([
      [204, 70_000],
      [204, 170_000],
      [204, 200_000],
    ]);
    expect(await stored(upload)).toEqual(madeOf(first, second, third));
  });

  it('answer a duplicate with where they are, on the same server and on the other, and keep one copy', async () => {
    const upload = await customer.open(east!);
    await customer.patch(east!, upload.path, 0, first);
    await customer.patch(east!, upload.path, 70_000, second);
    for (const server of [east!, west!]) {
      const again = await customer.patch(server, upload.path, 0, first);
      expect([again.status, again.offset]).toEqual([204, 170_000]);
    }
    expect(await stored(upload)).toEqual(madeOf(first, second));
  });

  it('send back who comes too early, and take everything in the right order after that', async () => {
    const upload = await customer.open(east!);
    const early = await customer.patch(west!, upload.path, 70_000, second);
    expect([early.status, early.code, early.offset]).toEqual([409, 'UPLOAD_OFFSET_MISMATCH', 0]);
    await customer.patch(east!, upload.path, 0, first);
    await customer.patch(west!, upload.path, 70_000, second);
    expect(await stored(upload)).toEqual(madeOf(first, second));
  });

  it('send on who repeats what is stored together with what is not', async () => {
    const upload = await customer.open(east!);
    await customer.patch(east!, upload.path, 0, first);
    const coalesced = await customer.patch(west!, upload.path, 0, Buffer.concat([first, second]));
    expect([coalesced.status, coalesced.offset]).toEqual([409, 70_000]);
    await customer.patch(west!, upload.path, coalesced.offset!, second);
    expect(await stored(upload)).toEqual(madeOf(first, second));
  });

  it('refuse other bytes for an offset that is taken', async () => {
    const upload = await customer.open(east!);
    await customer.patch(east!, upload.path, 0, first);
    const other = await customer.patch(west!, upload.path, 0, randomBytes(first.length));
    expect([other.status, other.offset]).toEqual([409, 70_000]);
    expect(await stored(upload)).toEqual(madeOf(first));
  });

  it('let exactly one of many different appends at the same offset win, and tell the others', async () => {
    const upload = await customer.open(east!);
    const rivals = Array.from({ length: 12 }, (_, n) => randomBytes(20_000 + n));
    const answers = await Promise.all(
      rivals.map((bytes, n) => customer.patch(n % 2 ? east! : west!, upload.path, 0, bytes)),
    );
    const winners = rivals.filter((_, n) => answers[n]!.status === 204);
    expect(winners).toHaveLength(1);
    const winner = winners[0]!;
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(11);
    expect(answers.map(({ offset }) => offset)).toEqual(rivals.map(() => winner.length));
    expect(await stored(upload)).toEqual(madeOf(winner));
  });

  it('acknowledge the same append sent many times at once, and keep it once', async () => {
    const upload = await customer.open(east!);
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, n) => customer.patch(n % 2 ? east! : west!, upload.path, 0, first)),
    );
    expect(new Set(answers.map(({ status, offset }) => `${status} ${offset}`))).toEqual(new Set(['204 70000']));
    expect(await stored(upload)).toEqual(madeOf(first));
  });

  it('survive a shuffled storm of retries with every byte in its place', async () => {
    const upload = await customer.open(east!);
    const parts = Array.from({ length: 30 }, (_, n) => randomBytes(1 + ((n * 7919) % 9000)));
    const plan = segmentsOf(...parts);
    for (let from = 0; from >= 0;) {
      const window = [from, from + 1, from, from + 2].filter((n) => n < parts.length);
      await Promise.all(
        window.map((n) => customer.patch(n % 2 ? east! : west!, upload.path, plan[n]!.offset, parts[n]!)),
      );
      const { offset } = await customer.head(west!, upload.path);
      from = plan.findIndex((segment) => segment.offset === offset);
    }
    expect(await stored(upload)).toEqual(madeOf(...parts));
  });
});

describe('an append', () => {
  it('that was corrupted on its way is refused by Content-Digest and by Upload-Checksum, and leaves nothing', async () => {
    const upload = await customer.open(east!);
    const wrong = contentDigest(second);
    const checksum = (algorithm: string, bytes: Buffer) => ({
      'upload-checksum': `${algorithm} ${sha256(bytes).toString('base64')}`,
    });
    const refused = [
      await customer.patch(east!, upload.path, 0, first, wrong),
      await customer.patchUnchecked(west!, upload.path, 0, first, checksum('sha256', second)),
      await customer.patchUnchecked(west!, upload.path, 0, first, checksum('sha1', first)),
      await customer.patchUnchecked(west!, upload.path, 0, first, checksum('md5', first)),
      await customer.patchUnchecked(west!, upload.path, 0, first, { 'content-digest': 'sha-256=:nonsense:' }),
      await customer.patchUnchecked(west!, upload.path, 0, first, { 'content-digest': 'md5=:AAAA:' }),
    ];
    expect(refused.map(({ status, code }) => [status, code])).toEqual([
      [400, 'DIGEST_MISMATCH'],
      [460, 'DIGEST_MISMATCH'],
      [400, 'DIGEST_MALFORMED'],
      [400, 'DIGEST_UNSUPPORTED'],
      [400, 'DIGEST_MALFORMED'],
      [400, 'DIGEST_UNSUPPORTED'],
    ]);
    expect(await stored(upload)).toEqual(madeOf());
  });

  it('is accepted with a right checksum of either algorithm', async () => {
    const upload = await customer.open(east!);
    const sha1 = createHash('sha1').update(second).digest('base64');
    const one = { 'upload-checksum': `sha256 ${sha256(first).toString('base64')}` };
    expect((await customer.patchUnchecked(east!, upload.path, 0, first, one)).status).toBe(204);
    const two = { 'upload-checksum': `sha1 ${sha1}` };
    expect((await customer.patchUnchecked(west!, upload.path, 70_000, second, two)).status).toBe(204);
    expect(await stored(upload)).toEqual(madeOf(first, second));
  });

  it('may be one byte, or none', async () => {
    const upload = await customer.open(east!);
    const empty = Buffer.alloc(0);
    expect((await customer.patch(east!, upload.path, 0, empty)).offset).toBe(0);
    expect((await customer.patch(east!, upload.path, 0, Buffer.from('x'))).offset).toBe(1);
    expect((await customer.patch(west!, upload.path, 1, empty)).offset).toBe(1);
    expect((await customer.patch(west!, upload.path, 0, empty)).status).toBe(409);
    expect((await customer.patch(west!, upload.path, 1, empty, contentDigest(first))).status).toBe(400);
    expect((await customer.patch(west!, upload.path, 1, Buffer.from('y'))).offset).toBe(2);
    expect(await stored(upload)).toEqual(madeOf(Buffer.from('x'), Buffer.from('y')));
  });

  it('with a digest may have 1 MiB and no more; without one it is cut into such pieces', async () => {
    const upload = await customer.open(east!);
    const most = randomBytes(SEGMENT_BYTES);
    const more = randomBytes(SEGMENT_BYTES + 1);
    const refused = await customer.patch(east!, upload.path, 0, more);
    expect([refused.status, refused.code]).toEqual([413, 'APPEND_TOO_LARGE']);
    expect((await customer.patch(east!, upload.path, 0, most)).offset).toBe(SEGMENT_BYTES);
    expect((await customer.patchUnchecked(west!, upload.path, SEGMENT_BYTES, more)).offset).toBe(2 * SEGMENT_BYTES + 1);
    expect(await stored(upload)).toEqual(madeOf(most, more.subarray(0, SEGMENT_BYTES), more.subarray(SEGMENT_BYTES)));
  });

  it('sent again as a stream from the start skips what is stored and goes on behind it', async () => {
    const upload = await customer.open(east!);
    const whole = randomBytes(3 * SEGMENT_BYTES + 500);
    await customer.patchUnchecked(east!, upload.path, 0, whole.subarray(0, 2 * SEGMENT_BYTES));
    expect((await customer.patchUnchecked(west!, upload.path, 0, whole)).offset).toBe(whole.length);
    expect(await stored(upload)).toMatchObject(contentOf(whole));
  });

  it('is sealed before it reaches the storage', async () => {
    const upload = await customer.open(east!);
    const words = Buffer.from('the customer shows a bank statement '.repeat(100));
    await customer.patch(east!, upload.path, 0, words);
    const contents = [...(await objectsOf(west!, upload.recordingId)).values()];
    expect(contents).toHaveLength(1);
    expect(contents[0]!.includes('bank statement')).toBe(false);
  });
});

describe('an upload of somebody else', () => {
  it('is answered exactly like one that never was', async () => {
    const upload = await customer.open(east!);
    await customer.patch(east!, upload.path, 0, first);
    const stranger = new TusCustomer();
    for (const path of [upload.path, `/uploads/${randomUUID()}`, '/uploads/none', '/uploads/%00']) {
      const answers = [
        await stranger.patch(east!, path, 70_000, second),
        await stranger.patch(west!, path, 70_000, second),
        await stranger.head(east!, path),
        await stranger.send(`${west!.url}${path}`, 'DELETE'),
        await stranger.complete(east!, path, first),
      ];
      expect(answers.map(({ status, offset }) => [status, offset])).toEqual(answers.map(() => [404, null]));
      expect(answers.map(({ code }) => code)).toEqual([
        ...Array(2).fill('UPLOAD_UNKNOWN'),
        null,
        ...Array(2).fill('UPLOAD_UNKNOWN'),
      ]);
    }
    expect(await stored(upload)).toEqual(madeOf(first));
  });

  it('cannot be joined by naming its recording', async () => {
    const { recordingId } = await customer.open(east!);
    const joining = metadata({ filetype: 'video/webm', track: 'camera', recording: recordingId });
    const refused = await new TusCustomer().create(west!, joining);
    expect([refused.status, refused.code]).toEqual([404, 'RECORDING_UNKNOWN']);
    expect((await customer.create(west!, joining)).headers['upload-recording']).toBe(recordingId);
  });
});
