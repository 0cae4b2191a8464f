import { EventStore } from '#platform/event-store/event-store.js';
import type { ApiClient } from '../../support/api-client.js';
import { WholeApp, type TestWorkspace } from '../../support/whole-app.js';

/** The running product that a suite about requests imports, with one workspace and an agent in it. */

export let app: WholeApp;
export let acme: TestWorkspace;
export let agent: ApiClient;
beforeAll(async () => {
  app = await WholeApp.start();
  acme = await app.workspace();
  agent = await app.agent(acme);
});
afterAll(() => app?.stop());

export const REQUESTS = 'recording-requests';
export const create = async (input: object = {}, headers: Record<string, string> = {}) => {
  const { body, headers: answered } = await agent.post(REQUESTS, input, headers).expect(201);
  return { ...body, after: answered.get('screendesk-after')!, etag: answered.get('etag')! };
};
export const events = async (id: string) =>
  (await app.get(EventStore).readStream(`recording_request-${id}`)).map(({ type }) => type);
