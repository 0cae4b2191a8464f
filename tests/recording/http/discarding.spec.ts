import { ownerOf } from '#modules/recording/capture/request-owner.js';
import { EventStore } from '#platform/event-store/event-store.js';
import { KeyRing } from '#platform/key-ring/key-ring.js';
import { eventually } from '../../support/eventually.js';
import { acme, app, consenting, events, objectsOf, statusOf, VIDEO } from './customer-ground.js';

describe('discarding', () => {
  it('erases at once, and leaves room for another try', async () => {
    const customer = await consenting();
    const { requestId } = customer.view;
    const first = await customer.upload(VIDEO);
    expect((await objectsOf(first.recordingId)).length).toBeGreaterThan(0);
    await eventually(async () => expect(await statusOf(requestId)).toBe('recording'));
    await customer.discard(first.recordingId).expect(204);
    expect(await objectsOf(first.recordingId)).toEqual([]);
    expect(await app.get(KeyRing).isErased(first.recordingId)).toBe(true);
    await customer.append(first.path, VIDEO.length, Buffer.from('more')).expect(410, 'UPLOAD_DISCARDED');
    await customer.discard(first.recordingId).expect(204);
    await eventually(async () => expect(await statusOf(requestId)).toBe('opened'));
    await customer.submit(first.recordingId, [first]).expect(410);
    const second = await customer.upload(VIDEO);
    await customer.submit(second.recordingId, [second]).expect(200);
    expect((await events(requestId)).filter((type) => type === 'RecordingDiscarded')).toHaveLength(1);
  });

  it('notes what was destroyed, once', async () => {
    const customer = await consenting();
    const { recordingId } = await customer.upload(VIDEO);
    const stored = (await objectsOf(recordingId)).length;
    await customer.discard(recordingId).expect(204);
    const noted = await app.get(EventStore).readStream(`recording-${recordingId}`);
    expect(noted.map(({ type, data }) => [type, data])).toEqual([
      [
        'RecordingErased',
        {
          ...{ recordingId, keyFingerprints: [expect.any(String)] },
          ...{ requestId: customer.view.requestId, owner: ownerOf(customer.view.requestId) },
          removed: expect.objectContaining({
            'media objects': expect.objectContaining({ objects: stored }) as unknown,
            events: { rows: 0, objects: 0, versions: 0, sealedParts: 0 },
          }) as unknown,
        },
      ],
    ]);
  });

  it('happens with the last upload that is taken back', async () => {
    const customer = await consenting();
    const screen = await customer.upload(VIDEO);
    const camera = await customer.upload(VIDEO, { track: 'camera', recording: screen.recordingId });
    await customer.terminate(camera.path).expect(204);
    expect(await events(customer.view.requestId)).not.toContain('RecordingDiscarded');
    await customer.terminate(screen.path).expect(204);
    expect(await objectsOf(screen.recordingId)).toEqual([]);
    expect((await events(customer.view.requestId)).at(-1)).toBe('RecordingDiscarded');
  });

  it('shows the agent "recording" as long as another tab records', async () => {
    const customer = await consenting();
    const { requestId } = customer.view;
    const [one, two] = [await customer.upload(VIDEO), await customer.upload(VIDEO)];
    await customer.discard(two.recordingId).expect(204);
    const { body } = await acme.admin.get('recording-requests?limit=100').expect(200);
    expect(body).toBeDefined();
    await eventually(async () => {
      const { body: view } = await acme.admin.get(`recording-requests/${requestId}`).expect(200);
      expect(view.version).toBe((await events(requestId)).length - 1);
    });
    expect(await statusOf(requestId)).toBe('recording');
    await customer.discard(one.recordingId).expect(204);
    await eventually(async () => expect(await statusOf(requestId)).toBe('opened'));
  });
});
