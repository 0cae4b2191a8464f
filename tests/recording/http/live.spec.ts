import { randomUUID } from 'node:crypto';
import { lastValueFrom, toArray } from 'rxjs';
import { ChangesController } from '#modules/recording/http/changes-controller.js';
import { LiveChanges } from '#modules/recording/queries/live-changes.js';
import { recordingList } from '#modules/recording/projections/recording-list.js';
import { REQUEST_LIST } from '#modules/recording/projections/request-list.js';
import { EventStore } from '#platform/event-store/event-store.js';
import { KeyRing } from '#platform/key-ring/key-ring.js';
import { readFileSync } from 'node:fs';
import { newEvent } from '../../contracts/event-store/event-fixtures.js';
import { eventually } from '../../support/eventually.js';
import { follow, type Change, type EventStream } from '../../support/event-stream.js';
import { WholeApp, type TestWorkspace } from '../../support/whole-app.js';

const VIDEO = readFileSync('tests/fixtures/media/vp8-opus.webm');
let app: WholeApp;
let acme: TestWorkspace;
let other: TestWorkspace;
beforeAll(async () => {
  app = await WholeApp.start();
  [acme, other] = [await app.workspace('Acme'), await app.workspace('Other')];
});
afterAll(() => app?.stop());

it('tells a workspace what changes in it, and no other', async () => {
  const [ours, theirs] = [await follow(acme.admin), await follow(other.admin)];
  const { body } = await acme.admin.post('recording-requests', { message: 'secret words' }).expect(201);
  const id = await (await app.customer(body.link)).record(VIDEO, { note: 'more secret words' });
  await eventually(() =>
    expect(ours.changes.filter((change) => change.kind === 'recording').length).toBeGreaterThan(2),
  );
  const { body: own } = await other.admin.post('recording-requests').expect(201);
  await eventually(() => expect(theirs.changes).not.toEqual([]));
  expect(new Set(theirs.changes.map((change) => change.id))).toEqual(new Set([own.id]));
  expect(new Set(ours.changes.map((change) => `${change.kind} ${change.id}`))).toEqual(
    new Set([`request ${body.id}`, `recording ${id}`]),
  );
  for (const change of ours.changes) expect(Object.keys(change).sort()).toEqual(['after', 'id', 'kind']);
  [ours, theirs].forEach((stream) => stream.close());
});

it('comes with a token with which the list has seen the change', async () => {
  const stream = await follow(acme.admin);
  const { body } = await acme.admin.post('recording-requests').expect(201);
  const told = (at: number) =>
    eventually((): Change => {
      const own = stream.changes.filter(({ id }) => id === body.id);
      expect(own.length).toBeGreaterThan(at);
      return own[at]!;
    });
  const path = 'recording-requests?limit=1&after=';
  const first = await acme.admin.get(path + (await told(0)).after).expect(200);
  expect(first.body.items[0]).toMatchObject({ id: body.id, status: 'sent' });
  await app.customer(body.link);
  const second = await acme.admin.get(path + (await told(1)).after).expect(200);
  expect(second.body.items[0]).toMatchObject({ id: body.id, status: 'opened' });
  stream.close();
});

it('tells of a change only when its list shows it, whoever asks then without waiting', async () => {
  const stream = await follow(acme.admin);
  const held = await app.database.pool.connect();
  await held.query(`BEGIN; LOCK TABLE ${REQUEST_LIST} IN EXCLUSIVE MODE`);
  const { body } = await acme.admin.post('recording-requests').expect(201);
  const own = () => stream.changes.filter(({ id }) => id === body.id);
  try {
    await eventually(async () => {
      const { rows } = await app.database.pool.query('SELECT position FROM platform.consumer WHERE name = $1', [
        recordingList.name,
      ]);
      expect(BigInt(rows[0].position)).toBe(await app.get(EventStore).head());
    });
    expect(own()).toEqual([]);
  } finally {
    await held.query('COMMIT');
    held.release();
  }
  await eventually(() => expect(own()).not.toEqual([]));
  const { rows } = await app.database.pool.query(`SELECT 1 FROM ${REQUEST_LIST} WHERE id = $1`, [body.id]);
  expect(rows).toHaveLength(1);
  stream.close();
});

it('goes on after the last that a broken stream said: nothing twice, nothing lost', async () => {
  const first = await follow(acme.admin);
  const { body: before } = await acme.admin.post('recording-requests').expect(201);
  await eventually(() => expect(first.changes.map(({ id }) => id)).toContain(before.id));
  first.close();
  const { body: missed } = await acme.admin.post('recording-requests').expect(201);
  await (await app.customer(missed.link)).record(VIDEO);
  await other.admin.post('recording-requests').expect(201);
  const second = await follow(acme.admin, first.lastEventId);
  const { body: late } = await acme.admin.post('recording-requests').expect(201);
  await eventually(() => expect(second.changes.map(({ id }) => id)).toContain(late.id));
  const whole = await follow(acme.admin, '-1');
  await eventually(() => expect(whole.changes.map(({ id }) => id)).toContain(late.id));
  const told = ({ changes }: EventStream) => changes.map(({ kind, after }) => `${kind} ${after}`);
  const both = [...told(first), ...told(second)];
  expect(new Set(both).size).toBe(both.length);
  const all = told(whole);
  const same = all.slice(all.indexOf(both[0]!), all.indexOf(both[0]!) + both.length);
  expect(same).toEqual(both.slice(0, same.length)); // either may have heard a little more by now
  expect(same.length).toBeGreaterThan(told(first).length + 2);
  expect(second.changes.some(({ kind }) => kind === 'recording')).toBe(true);
  expect(new Set(whole.ids).size).toBe(whole.ids.length);
  [second, whole].forEach((stream) => stream.close());
});

it('says so when too much was missed', async () => {
  const events = Array.from({ length: 2100 }, () => newEvent('CustomerConsented', { requestId: randomUUID() }));
  const name = `recording_request-${randomUUID()}`;
  const { version } = await app.get(EventStore).append(name, 'no_stream', events);
  const last = await eventually(async () => {
    const position = await app.get(EventStore).positionOf(name, version);
    expect(app.get(LiveChanges).feed.position).toBeGreaterThanOrEqual(position!);
    return position!;
  });
  const stream = await follow(acme.admin, '0');
  await eventually(() => expect(stream.resets).toBe(1));
  expect(BigInt(stream.lastEventId!)).toBeGreaterThanOrEqual(last);
  stream.close();
});

it('says so, too, when the log has been put back to before what was told', async () => {
  const { feed } = app.get(LiveChanges);
  const stream = await follow(acme.admin, String(feed.position + 1_000_000n));
  await eventually(() => expect(stream.resets).toBe(1));
  const { body } = await acme.admin.post('recording-requests').expect(201);
  await eventually(() => expect(stream.changes.map(({ id }) => id)).toContain(body.id));
  expect(BigInt(stream.lastEventId!)).toBeLessThan(feed.position + 1000n);
  stream.close();
});

it('opens to members and keys that may read, to nobody else', async () => {
  const { body } = await acme.admin.post('recording-requests').expect(201);
  const customer = await app.customer(body.link);
  const statusFor = async (client: typeof acme.admin) => {
    const stream = await follow(client);
    stream.close();
    return stream.status;
  };
  expect(await statusFor(app.stranger())).toBe(401);
  expect(await statusFor(customer.api)).toBe(403);
  expect(await statusFor(await app.apiKey(acme, 'requests:read'))).toBe(403);
  expect(await statusFor(await app.apiKey(acme, 'recordings:read'))).toBe(200);
});

it('is opened a hundred times by one key, and no more until one of those is closed', async () => {
  const client = await app.apiKey(acme, 'recordings:read');
  const streams = await Promise.all(Array.from({ length: 102 }, () => follow(client)));
  const open = streams.filter(({ status }) => status === 200);
  expect([open.length, streams.filter(({ status }) => status === 429).length]).toEqual([100, 2]);
  const other = await follow(acme.admin);
  expect(other.status).toBe(200);
  open.pop()!.close();
  await eventually(async () => {
    const next = await follow(client);
    open.push(next);
    expect(next.status).toBe(200);
  });
  [other, ...open].forEach((stream) => stream.close());
});

it('ends after a while, so that who may listen is asked again', async () => {
  const by = {
    actor: { kind: 'member', id: acme.adminId } as const,
    workspaceId: acme.id,
    correlationId: '',
    causationId: '',
  };
  const briefly = new ChangesController(app.get(LiveChanges), app.get(KeyRing), 20).follow(by);
  expect(await lastValueFrom(briefly.pipe(toArray()))).toMatchObject([{ type: 'ping' }]);
});

it('goes on while another list is locked, with which only what needs it is unavailable, and soon', async () => {
  const stream = await follow(acme.admin);
  const locker = await app.database.pool.connect();
  await locker.query(`SET idle_in_transaction_session_timeout = 0; BEGIN; LOCK TABLE ${REQUEST_LIST}`);
  const more = Array.from({ length: app.cell.database.pool.options.max! + 6 }, () =>
    acme.admin.get('recording-requests'),
  );
  const since = performance.now();
  for (let n = 0; n < 3; n++) await other.admin.get('session').expect(200);
  expect(performance.now() - since).toBeLessThan(8_000);
  for (const { status, headers } of await Promise.all(more))
    expect([status, headers.get('retry-after')]).toEqual([503, '5']);
  await locker.query('ROLLBACK');
  locker.release(true);
  const { body } = await acme.admin.post('recording-requests').expect(201);
  await eventually(() => expect(stream.changes.some(({ id }) => id === body.id)).toBe(true));
  await acme.admin.get('recording-requests').expect(200);
  stream.close();
});
