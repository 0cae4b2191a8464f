import { readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ObjectStorage, ObjectStorageAway } from '#platform/object-storage/object-storage.js';
import type { ApiClient } from '../../support/api-client.js';
import type { CustomerClient } from '../../support/customer-client.js';
import { eventually } from '../../support/eventually.js';
import { bytesOf } from '../../support/watching.js';
import { WholeApp, type TestWorkspace } from '../../support/whole-app.js';

/** The running product that a suite about sent recordings imports, with one workspace in it. */

export const fixture = (name: string) => readFileSync(`tests/fixtures/media/${name}`);
export const VIDEO = fixture('vp8-opus.webm');
export let app: WholeApp;
export let acme: TestWorkspace;
export let agent: ApiClient;
beforeAll(async () => {
  app = await WholeApp.start();
  acme = await app.workspace();
  agent = acme.admin;
});
afterAll(() => app?.stop());

export async function consenting(): Promise<CustomerClient> {
  const { body } = await agent.post('recording-requests', { customerName: 'Jane' }).expect(201);
  const customer = await app.customer(body.link);
  await customer.consent().expect(204);
  return customer;
}
export const recorded = async (bytes: Buffer, said: object = {}) => (await consenting()).record(bytes, said);
export const reaching = (id: string, status: string) =>
  eventually(async () => {
    const { body } = await agent.get(`recordings/${id}`).expect(200);
    expect(body.status).toBe(status);
    return body;
  });
/** Once it could not be prepared, by no fault of its own. */
export const given = (id: string) =>
  eventually(async () => {
    const { body } = await agent.get(`recordings/${id}`).expect(200);
    expect(body.failure).toMatch(/has not worked so far/);
    return body;
  });
export const media = (id: string, headers: Record<string, string> = {}, what = 'media') =>
  bytesOf(agent, id, what, headers);
export const objectsOf = async (id: string) => {
  const keys = [];
  for await (const { key } of app.get(ObjectStorage).list(`recordings/${id}/`)) keys.push(key.split('/')[2]!);
  return keys;
};

/** As when the disk for temporary files is not there: the worker fails, and tries again later. */
export const workshop = () => join(app.directory, 'data', 'tmp', 'media');
export async function withoutWorkshop<T>(work: () => Promise<T>): Promise<T> {
  await rm(workshop(), { recursive: true, force: true });
  await mkdir(join(app.directory, 'data', 'tmp'), { recursive: true });
  await writeFile(workshop(), '');
  try {
    return await work();
  } finally {
    await rm(workshop());
  }
}

/** As when the storage cannot be asked for this. */
export async function withStorageAway<T>(what: readonly (keyof ObjectStorage)[], work: () => Promise<T>): Promise<T> {
  const storage = app.get(ObjectStorage);
  const away = () => Promise.reject(new ObjectStorageAway(new Error('ECONNREFUSED')));
  for (const name of what) Object.defineProperty(storage, name, { configurable: true, value: away });
  try {
    return await work();
  } finally {
    for (const name of what) Reflect.deleteProperty(storage, name);
  }
}
