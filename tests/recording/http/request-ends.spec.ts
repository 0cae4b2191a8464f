import { randomUUID } from 'node:crypto';
import { CommandBus } from '@nestjs/cqrs';
import { RequestRecording } from '#modules/recording/commands/request-recording.js';
import { recordingRequest } from '#modules/recording/domain/recording-request.js';
import { ExpireRequestHandler } from '#modules/recording/processors/expire-request.js';
import { WrongExpectedVersion } from '#platform/event-store/event-store.js';
import { Streams } from '#platform/streams/streams.js';
import type { ApiClient } from '../../support/api-client.js';
import { eventually } from '../../support/eventually.js';
import { app, acme, agent, REQUESTS, create, events } from './requests-ground.js';

describe('cancelling', () => {
  it('holds against a change that the caller has not seen', async () => {
    const { id, link, etag, after } = await create();
    await agent.get(`${REQUESTS}/${id}?after=${after}`).expect(200);
    const cancel = (tag: string) => agent.post(`${REQUESTS}/${id}/cancel`, undefined, { 'if-match': tag });
    await app.customer(link);
    await cancel(etag).expect(412, 'STALE_VERSION');
    await cancel('W/"1"').expect(412);
    await cancel('one').expect(400, 'IF_MATCH_INVALID');
    const answer = await cancel('"1"').expect(204);
    const read = await agent.get(`${REQUESTS}/${id}?after=${answer.headers.get('screendesk-after')}`).expect(200);
    expect(read.body.status).toBe('cancelled');
    expect(answer.headers.get('etag')).toBe('"2"');
    expect(read.headers.get('etag')).toMatch(/^"2-/);
    await cancel(read.headers.get('etag')!).expect(204);
  });

  it('and reminding, too', async () => {
    const { id, link, etag } = await create();
    await app.customer(link);
    const remind = (tag: string) => agent.post(`${REQUESTS}/${id}/remind`, {}, { 'if-match': tag });
    await remind(etag).expect(412, 'STALE_VERSION');
    await remind('"1"').expect(200);
  });

  it('twice is cancelling once, and ends reminders', async () => {
    const { id } = await create();
    await agent.post(`${REQUESTS}/${id}/cancel`).expect(204);
    await agent.post(`${REQUESTS}/${id}/cancel`).expect(204);
    await agent.post(`${REQUESTS}/${id}/remind`).expect(409, 'REQUEST_CANCELLED');
    expect(await events(id)).toEqual(['RecordingRequested', 'RecordingRequestCancelled']);
  });

  it('takes an id in any case for the same id', async () => {
    const { id } = await create();
    await agent.post(`${REQUESTS}/${id.toUpperCase()}/cancel`).expect(204);
    expect(await events(id)).toEqual(['RecordingRequested', 'RecordingRequestCancelled']);
  });
});

describe('reminding', () => {
  it('makes a new link and kills the old one, as often as asked', async () => {
    const first = await create();
    const { body: second } = await agent.post(`${REQUESTS}/${first.id}/remind`, { expiresInHours: 1 }).expect(200);
    const { body: third } = await agent.post(`${REQUESTS}/${first.id}/remind`, { expiresInHours: null }).expect(200);
    expect(new Set([first.link, second.link, third.link]).size).toBe(3);
    expect(Date.parse(third.expiresAt) - Date.now()).toBeGreaterThan(71 * 3_600_000);
    for (const { link } of [first, second])
      await app
        .stranger()
        .post('links/open', { code: link.split('/r/')[1] })
        .expect(410, 'LINK_REPLACED');
    expect((await app.customer(third.link)).view.requestId).toBe(first.id);
  });

  it('repeated with its Idempotency-Key makes no further link, whatever version it named', async () => {
    const { id, etag } = await create();
    const remind = (client: ApiClient, key: string, body: object = {}, tag?: string) =>
      client.post(`${REQUESTS}/${id}/remind`, body, { 'idempotency-key': key, ...(tag && { 'if-match': tag }) });
    const first = await remind(agent, 'again', {}, etag).expect(200);
    const atOnce = await Promise.all([1, 2, 3].map(() => remind(agent, 'at once').expect(200)));
    expect(new Set(atOnce.map(({ body }) => body.link)).size).toBe(1);
    const repeated = await remind(agent, 'again', {}, etag).expect(200);
    expect(repeated.body.link).toBe(atOnce[0]!.body.link); // the one that works now
    expect(repeated.headers.get('etag')).toBe(atOnce[0]!.headers.get('etag'));
    expect(first.body.link).not.toBe(repeated.body.link);
    await remind(agent, 'again', { expiresInHours: 1 }).expect(409, 'IDEMPOTENCY_KEY_REUSED');
    await remind(agent, 'another', {}, etag).expect(412, 'STALE_VERSION');
    await remind(acme.admin, 'again').expect(200); // a key is its caller's own
    expect(await events(id)).toEqual(['RecordingRequested', ...Array(3).fill('RecordingLinkIssued')]);
    await agent.post(`${REQUESTS}/${id}/cancel`).expect(204);
    await remind(agent, 'again').expect(200);
    await remind(agent, 'one more').expect(409, 'REQUEST_CANCELLED');
  });

  it('a retried creation after it shows the link that works', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const { id } = await create({}, key);
    const { body } = await agent.post(`${REQUESTS}/${id}/remind`).expect(200);
    expect((await create({}, key)).link).toBe(body.link);
  });
});

describe('expiry', () => {
  const expiring = async (ms: number) => {
    const id = randomUUID();
    const by = {
      actor: { kind: 'member', id: acme.adminId } as const,
      workspaceId: acme.id,
      correlationId: id,
      causationId: id,
    };
    const options = { microphone: 'on', camera: false, systemAudio: false, maxDurationMs: 60_000 } as const;
    const [requestedAt, expiresAt] = [new Date(), new Date(Date.now() + ms)].map((date) => date.toISOString());
    const input = { ticket: null, agentId: null, requestedAt: requestedAt!, expiresAt: expiresAt!, options };
    const { link } = await app.get(CommandBus).execute(new RequestRecording(id, input, by));
    return { id, link };
  };

  it('is noted by the worker when the time has come, and reads so from that moment on', async () => {
    const { id, link } = await expiring(700);
    await eventually(async () => {
      expect((await agent.get(`${REQUESTS}/${id}`).expect(200)).body.status).toBe('expired');
    });
    await app
      .stranger()
      .post('links/open', { code: link.split('/r/')[1] })
      .expect(410, 'LINK_EXPIRED');
    await eventually(async () => expect(await events(id)).toEqual(['RecordingRequested', 'RecordingRequestExpired']));
  });

  it('changes the ETag in that moment, although nobody changed the request', async () => {
    const { id } = await expiring(6000);
    const read = await agent.get(`${REQUESTS}/${id}`).expect(200);
    expect(read.body.status).toBe('sent');
    const known = { 'if-none-match': read.headers.get('etag')! };
    await eventually(() => expect(Date.now()).toBeGreaterThan(Date.parse(read.body.expiresAt)));
    expect((await agent.get(`${REQUESTS}/${id}`, known).expect(200)).body.status).toBe('expired');
  });

  it('waits for a recording on its way, and comes when that is discarded', async () => {
    const { id, link } = await expiring(2000);
    const customer = await app.customer(link);
    await customer.consent().expect(204);
    const screen = await customer.upload(Buffer.from('some bytes'));
    await eventually(() => expect(Date.now()).toBeGreaterThan(Date.parse(customer.view.expiresAt)));
    const cause = { workspaceId: acme.id, correlationId: id, causationId: id };
    await app.get(ExpireRequestHandler).run({ requestId: id, ...cause });
    expect(await events(id)).not.toContain('RecordingRequestExpired');
    await customer.discard(screen.recordingId).expect(204);
    await eventually(async () => expect((await events(id)).at(-1)).toBe('RecordingRequestExpired'));
  });
});

describe('a request that has just been made', () => {
  it('is read, cancelled or reminded although no list has it yet', async () => {
    const held = await app.database.pool.connect();
    try {
      await held.query('BEGIN; LOCK TABLE recording_v6.request_list IN EXCLUSIVE MODE');
      const [cancelled, reminded] = [await create(), await create()];
      const read = await agent.get(`${REQUESTS}/${cancelled.id}`).expect(200);
      expect(read.body).toMatchObject({ id: cancelled.id, status: 'sent', version: 0 });
      await agent.post(`${REQUESTS}/${cancelled.id}/cancel`).expect(204);
      await agent.post(`${REQUESTS}/${reminded.id}/remind`).expect(200);
    } finally {
      await held.query('COMMIT');
      held.release();
    }
  });

  it('is to another workspace as one that never was, whatever version is guessed', async () => {
    const [{ id }, other] = [await create(), await app.workspace('Other')];
    for (const headers of [undefined, { 'if-match': '"0"' }, { 'if-match': '"7"' }])
      for (const each of [id, randomUUID()])
        await other.admin.post(`${REQUESTS}/${each}/cancel`, undefined, headers).expect(404, 'REQUEST_UNKNOWN');
    await other.admin.post(`${REQUESTS}/${id}/remind`).expect(404, 'REQUEST_UNKNOWN');
    expect(await events(id)).toEqual(['RecordingRequested']);
  });

  it('takes no event of another workspace, whatever a decision says', async () => {
    const id: string = (await create()).id;
    const by = {
      actor: { kind: 'system', id: 'test' },
      workspaceId: randomUUID(),
      correlationId: id,
      causationId: id,
    } as const;
    const change = app
      .get(Streams)
      .change(recordingRequest, id, by, () => [
        { type: 'RecordingRequestCancelled', data: { requestId: id } } as const,
      ]);
    await expect(change).rejects.toThrow(WrongExpectedVersion);
    expect(await events(id)).toEqual(['RecordingRequested']);
  });
});
