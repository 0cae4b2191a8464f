import { jpeg } from '../../support/customer-client.js';
import { eventually } from '../../support/eventually.js';
import { acme, consenting, VIDEO } from './customer-ground.js';

describe('the poster from the browser', () => {
  const ready = (id: string) =>
    eventually(async () => expect((await acme.admin.get(`recordings/${id}`)).body.status).toBe('ready'));

  it('is shown where the server cannot decode, and cannot be changed once the recording is ready', async () => {
    const customer = await consenting();
    const screen = await customer.upload(VIDEO);
    await customer.putPoster(screen.recordingId).expect(204);
    await customer.submit(screen.recordingId, [screen]).expect(200);
    await ready(screen.recordingId);
    await eventually(async () => {
      expect((await acme.admin.get(`recordings/${screen.recordingId}`)).body.hasPoster).toBe(true);
    });
    await customer.putPoster(screen.recordingId, jpeg(65, 65)).expect(409, 'ALREADY_RECEIVED');
    const { bytes, headers } = await acme.admin.get(`recordings/${screen.recordingId}/poster`).expect(200);
    expect(bytes.equals(jpeg())).toBe(true);
    expect(headers.get('content-type')).toBe('image/jpeg');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('is a small JPEG or nothing', async () => {
    const customer = await consenting();
    const { recordingId } = await customer.upload(VIDEO);
    await customer.putPoster(recordingId, Buffer.from('<svg onload="alert(1)">')).expect(400, 'POSTER_INVALID');
    await customer.putPoster(recordingId, Buffer.alloc(0)).expect(400, 'POSTER_INVALID');
    for (const bomb of [jpeg(65_535, 65_535), jpeg(4097, 1), jpeg().subarray(0, 12), Buffer.alloc(400, 0xff)])
      await customer.putPoster(recordingId, bomb).expect(400, 'POSTER_INVALID');
    await customer.putPoster(recordingId, Buffer.from('ffd8ffe00000ffc0', 'hex')).expect(400, 'POSTER_INVALID');
    const large = Buffer.concat([jpeg(), Buffer.alloc(2_000_000)]);
    await customer.putPoster(recordingId, large).expect(413, 'POSTER_TOO_LARGE');
    const chunked = { 'content-type': 'image/jpeg', 'transfer-encoding': 'chunked' };
    await customer.api.put(`customer/recordings/${recordingId}/poster`, large, chunked).expect(413, 'POSTER_TOO_LARGE');
    await customer.discard(recordingId).expect(204);
    await customer.putPoster(recordingId).expect(404, 'RECORDING_UNKNOWN');
  });
});
