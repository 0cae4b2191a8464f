import { lastValueFrom, toArray } from 'rxjs';
import { ChangesController } from '#modules/recording/http/changes-controller.js';
import { LiveChanges } from '#modules/recording/queries/live-changes.js';
import { readFileSync } from 'node:fs';
import { eventually } from '../../support/eventually.js';
import { follow, type Change } from '../../support/event-stream.js';
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

it('ends after a while, so that who may listen is asked again', async () => {
  const by = {
    actor: { kind: 'member', id: acme.adminId } as const,
    workspaceId: acme.id,
    correlationId: '',
    causationId: '',
  };
  const briefly = new ChangesController(app.get(LiveChanges), 20).follow(by);
  expect(await lastValueFrom(briefly.pipe(toArray()))).toEqual([]);
});
