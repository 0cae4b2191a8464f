import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { Upload, type UploadOptions } from 'tus-js-client';
import { contentOf, rowOf, stored } from './support/stored.js';
import { TusCustomer } from './support/tus-customer.js';
import type { UploadApp } from './support/upload-app.js';
import { uploadGround, type UploadGround } from './support/upload-ground.js';

let ground: UploadGround;
let [east, west]: UploadApp[] = [];
const customer = new TusCustomer();
const file = randomBytes(5_000_000);
beforeAll(async () => {
  ground = await uploadGround();
  [east, west] = [await ground.start(), await ground.start()];
});
afterAll(() => ground.drop());

interface Outcome {
  readonly upload: Upload;
  readonly id: string;
}

/** Runs an upload to its end, or until `stop` says so after some progress. */
function run(
  input: Buffer | Readable,
  options: Partial<UploadOptions>,
  stop?: (sent: number) => boolean,
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const done = () => resolve({ upload, id: upload.url!.split('/').at(-1)! });
    const upload = new Upload(input, {
      endpoint: `${east!.url}/uploads`,
      headers: { Authorization: customer.authorization },
      metadata: { filename: 'screen.webm', filetype: 'video/webm' },
      ...options,
      onSuccess: done,
      onError: reject,
      onProgress: (sent) => {
        if (stop?.(sent)) void upload.abort().then(done, reject);
      },
    });
    upload.start();
  });
}

it('uploads a file with its default settings', async () => {
  const { id } = await run(file, {});
  expect(await stored(east!, { id })).toMatchObject(contentOf(file));
  expect(await rowOf(east!, { id })).toMatchObject({ declaredLength: file.length, status: 'open', source: 'file' });
});

it('goes on after an abort where the server is, at another server too', async () => {
  const options = { chunkSize: 700_000 };
  const { upload, id } = await run(file, options, (sent) => sent > 2_000_000);
  const { offset } = await rowOf(east!, { id });
  expect(offset).toBeGreaterThanOrEqual(1_400_000);
  expect(offset).toBeLessThan(file.length);
  const elsewhere = upload.url!.replace(east!.url, west!.url);
  await run(file, { ...options, uploadUrl: elsewhere });
  expect(await stored(west!, { id })).toMatchObject(contentOf(file));
});

it('goes on after an abort in the middle of one endless PATCH', async () => {
  const { upload, id } = await run(file, {}, (sent) => sent > 2_500_000);
  await run(file, { uploadUrl: upload.url });
  expect(await stored(east!, { id })).toMatchObject(contentOf(file));
});

it('uploads a stream whose length it learns at the end', async () => {
  const pieces = Array.from({ length: 50 }, (_, n) => file.subarray(n * 100_000, (n + 1) * 100_000));
  const { id } = await run(Readable.from(pieces, { objectMode: false }), {
    uploadLengthDeferred: true,
    chunkSize: 900_000,
  });
  expect(await stored(east!, { id })).toMatchObject(contentOf(file));
  expect((await rowOf(east!, { id })).declaredLength).toBe(file.length);
});

it('may send the first bytes with the creation, and hide PATCH behind POST', async () => {
  const { id } = await run(file, { uploadDataDuringCreation: true, overridePatchMethod: true, chunkSize: 2_000_000 });
  expect(await stored(east!, { id })).toMatchObject(contentOf(file));
});

it('takes an upload back', async () => {
  const { upload } = await run(file, {});
  await Upload.terminate(upload.url!, { headers: { Authorization: customer.authorization } });
  expect((await customer.head(west!, new URL(upload.url!).pathname)).status).toBe(410);
});

it('learns the reason when it is refused', async () => {
  const refused = run(file, { metadata: { filetype: 'text/html' }, retryDelays: [] });
  await expect(refused).rejects.toThrow(/response code: 415.*MEDIA_TYPE_UNSUPPORTED/s);
});
