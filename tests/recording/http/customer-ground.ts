import { readFileSync } from 'node:fs';
import { EventStore } from '#platform/event-store/event-store.js';
import { ObjectStorage } from '#platform/object-storage/object-storage.js';
import { WholeApp, type TestWorkspace } from '../../support/whole-app.js';

/** The running product that a suite about customers imports, with one workspace in it. */

export const VIDEO = readFileSync('tests/fixtures/media/vp8-opus.webm');
export let app: WholeApp;
export let acme: TestWorkspace;
beforeAll(async () => {
  app = await WholeApp.start({ TRUST_PROXY: '1', WORKSPACE_GIGABYTES: '1' });
  acme = await app.workspace();
});
afterAll(() => app?.stop());

export const asked = async () => (await acme.admin.post('recording-requests', { message: 'Show me' }).expect(201)).body;
export const customerWithLink = async () => app.customer((await asked()).link);
export const consenting = async () => {
  const customer = await customerWithLink();
  await customer.consent().expect(204);
  return customer;
};
export const events = async (id: string) =>
  (await app.get(EventStore).readStream(`recording_request-${id}`)).map(({ type }) => type);
export const statusOf = async (id: string) => (await acme.admin.get(`recording-requests/${id}`)).body.status;
export const objectsOf = async (recordingId: string) => {
  const keys = [];
  for await (const { key } of app.get(ObjectStorage).list(`recordings/${recordingId}/`)) keys.push(key);
  return keys;
};
export const cancel = (id: string) => acme.admin.post(`recording-requests/${id}/cancel`).expect(204);
