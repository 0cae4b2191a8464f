import { randomBytes, randomUUID } from 'node:crypto';
import { get, type IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import pg from 'pg';
import type { ApiClient } from '../support/api-client.js';
import { eventually } from '../support/eventually.js';
import { PASSWORD, type TestWorkspace, WholeApp } from '../support/whole-app.js';

/** More than all buffers between the server and a client that does not read. */
const LARGE = randomBytes(24_000_000);
const PIECE = 8_000_000;
/** What is promised. */
const AT_THE_LATEST_MS = 15_000;
/** What a busy integration takes with one key. */
const DOWNLOADS_AT_ONCE = 24;
/** Sooner than those end of whom nothing could be found out: they were asked about. */
const ASKED_WITHIN_MS = 8_000;

let app: WholeApp;
let acme: TestWorkspace;
let [kept, deleted] = ['', ''];

beforeAll(async () => {
  app = await WholeApp.start();
  acme = await app.workspace();
  [kept, deleted] = [await large(), await large()];
}, 120_000);
afterAll(() => app?.stop());

/** A recording that cannot be prepared, so that what arrived is what is downloaded. */
async function large(): Promise<string> {
  const { body } = await acme.admin.post('recording-requests', { customerName: 'Jane' }).expect(201);
  const customer = await app.customer(body.link);
  await customer.consent().expect(204);
  const { headers } = await customer.createUpload().expect(201);
  const [path, recordingId] = [new URL(headers.get('location')!, app.url).pathname, headers.get('upload-recording')!];
  for (let offset = 0; offset < LARGE.length; offset += PIECE)
    await customer.append(path, offset, LARGE.subarray(offset, offset + PIECE)).expect(204);
  const upload = { path, uploadId: path.split('/')[2]!, recordingId, bytes: LARGE };
  await customer.submit(recordingId, [upload]).expect(200);
  await eventually(async () => {
    expect((await acme.admin.get(`recordings/${recordingId}`)).body.status).toBe('failed');
  }, 60_000);
  return recordingId;
}

/** Somebody who is being answered and has not read to the end. */
class Listener {
  /** The server let go of what it had given to the system, too. */
  wasReset = false;

  private constructor(
    private readonly correlationId: string,
    private readonly answer: IncomingMessage,
  ) {
    answer.socket.once('error', (error: NodeJS.ErrnoException) => (this.wasReset = error.code === 'ECONNRESET'));
  }

  static async at(path: string, { url, headers }: ApiClient): Promise<Listener> {
    const correlationId = randomUUID();
    const options = { headers: { ...headers, 'x-correlation-id': correlationId }, agent: false };
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      get(new URL(path, new URL('/api/v1/', url)), options, resolve).on('error', reject);
    });
    expect(answer.statusCode).toBe(200);
    answer.on('error', () => undefined);
    return new Listener(correlationId, answer);
  }

  static async downloading(recordingId: string, client: ApiClient): Promise<Listener> {
    const { body } = await client.post(`recordings/${recordingId}/downloads`, {}).expect(201);
    return Listener.at(body.url as string, client);
  }

  get isCutOff(): boolean {
    return app
      .log()
      .split('\n')
      .some((line) => line.includes(this.correlationId) && line.includes('"msg":"Cut off"'));
  }

  /** Reads what there still is. @returns whether all of it came */
  async drained(): Promise<boolean> {
    const closed = new Promise((resolve) => this.answer.once('close', resolve));
    this.answer.resume();
    await closed;
    return this.answer.complete;
  }
}

async function member(role: string): Promise<{ id: string; client: ApiClient }> {
  const email = `${randomUUID()}@x.example`;
  const { body } = await acme.admin.post('members', { name: 'M', email, role, password: PASSWORD }).expect(201);
  return { id: body.id, client: await app.signIn(email) };
}

async function key(): Promise<{ id: string; client: ApiClient }> {
  const { body } = await acme.admin.post('api-keys', { name: 'K', scopes: ['recordings:read'] }).expect(201);
  return { id: body.id, client: app.stranger({ authorization: `Bearer ${body.key}` }) };
}

it('what takes long ends with the session, key, member, role or recording it was for, and with nothing else', async () => {
  const [signsOut, removed, demoted, reset] = [await member('agent'), await member('agent'), await member('viewer'), await member('agent')]; // prettier-ignore
  const [downloads, follows] = [await key(), await key()];
  const ending = {
    'a download, with its session': await Listener.downloading(kept, signsOut.client),
    'a download, with its key': await Listener.downloading(kept, downloads.client),
    'a download, with its recording': await Listener.downloading(deleted, acme.admin),
    'an event stream, with its session': await Listener.at('events', signsOut.client),
    'an event stream, with its key': await Listener.at('events', follows.client),
    'an event stream, with its member': await Listener.at('events', removed.client),
    'an event stream, with the role that allowed it': await Listener.at('events', demoted.client),
    'an event stream, with the password its session came from': await Listener.at('events', reset.client),
  };
  const staying = [await Listener.downloading(kept, acme.admin), await Listener.at('events', acme.admin)];

  const since = performance.now();
  await signsOut.client.delete('session').expect(204);
  for (const { id } of [downloads, follows]) await acme.admin.delete(`api-keys/${id}`).expect(204);
  await acme.admin.delete(`members/${removed.id}`).expect(204);
  await acme.admin.patch(`members/${demoted.id}`, { role: 'auditor' }).expect(204);
  await acme.admin.put(`members/${reset.id}/password`, { password: 'given over the phone' }).expect(204);
  await acme.admin.delete(`recordings/${deleted}`).expect(202);

  let first = Infinity;
  await eventually(async () => {
    const going = Object.entries(ending).flatMap(([what, listener]) => (listener.isCutOff ? [] : [what]));
    if (going.length < Object.keys(ending).length) first = Math.min(first, performance.now() - since);
    expect(going).toEqual([]);
  }, AT_THE_LATEST_MS);
  expect(first).toBeLessThan(ASKED_WITHIN_MS);
  expect(staying.map(({ isCutOff }) => isCutOff)).toEqual([false, false]);
  expect(await ending['a download, with its recording'].drained()).toBe(false);
  expect(ending['a download, with its recording'].wasReset).toBe(true);
  expect(await staying[0]!.drained()).toBe(true);
}, 60_000);

it('nobody is answered on for long while it cannot be told whether they may be, and everybody else is', async () => {
  const reads = await key();
  const { body } = await reads.client.post(`recordings/${kept}/downloads`, {}).expect(201);
  const many = Array.from({ length: DOWNLOADS_AT_ONCE }, () => Listener.at(body.url as string, reads.client));
  const staying = [await Listener.at('events', reads.client), ...(await Promise.all(many))];
  const unproven = await Listener.at('events', acme.admin);
  const other = new pg.Client({ connectionString: app.database.url });
  await other.connect();
  try {
    await other.query('BEGIN; LOCK TABLE identity.session IN ACCESS EXCLUSIVE MODE');
    await eventually(async () => expect(unproven.isCutOff).toBe(true), AT_THE_LATEST_MS);
    // They began before it, so that whoever stopped asking about them would have ended them by now.
    expect(staying.filter(({ isCutOff }) => isCutOff)).toHaveLength(0);
  } finally {
    await other.end();
  }
  expect(await staying[1]!.drained()).toBe(true);
}, 60_000);

it('one session, or one key, plays and downloads so much at once that memory stays flat, and is told why not more', async () => {
  const { client } = await member('agent');
  const { body } = await client.post(`recordings/${kept}/downloads`, {}).expect(201);
  const before = held();
  const answers = await Promise.all(Array.from({ length: 200 }, () => unread(body.url as string, client)));
  const [open, refused] = [200, 429].map((code) => answers.filter(({ statusCode }) => statusCode === code));
  expect([open!.length, refused!.length]).toEqual([MOST_AT_ONCE, 200 - MOST_AT_ONCE]);
  expect((await json(refused![0]!)) as object).toMatchObject({ code: 'TOO_MANY_READERS', retryAfterSeconds: 5 });
  // Each at most a third of what it is sent; 160 were seen where the machine was busy.
  expect(held() - before).toBeLessThan(MOST_AT_ONCE * 8);
  await acme.admin.get(`recordings/${kept}`).expect(200);
  for (const answer of open!) answer.destroy();
  await eventually(async () => (await Listener.downloading(kept, client)).drained());
}, 60_000);

const MOST_AT_ONCE = 32;
/** Megabytes, of this process, which is server and readers. */
function held(): number {
  globalThis.gc?.();
  const { arrayBuffers, external } = process.memoryUsage();
  return Math.max(arrayBuffers, external) / 1e6;
}

function unread(path: string, { url, headers }: ApiClient): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    get(new URL(path, new URL('/api/v1/', url)), { headers, agent: false }, resolve).on('error', reject);
  });
}
