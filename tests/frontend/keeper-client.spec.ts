import { KeeperClient, KeeperEnded } from '../../frontend/src/lib/recorder/upload/keeper-client.js';
import type { Call, FromKeeper } from '../../frontend/src/lib/recorder/upload/keeper-protocol.js';

/** The browser's worker, whose other end is the test's. */
class WorkerStub {
  static newest: WorkerStub;
  readonly heard: Call[] = [];
  onmessage?: (event: { data: FromKeeper }) => void;
  constructor() {
    WorkerStub.newest = this;
  }
  postMessage(call: Call) {
    this.heard.push(call);
  }
  terminate() {}
}

beforeAll(() =>
  Object.assign(globalThis, {
    Worker: WorkerStub,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }),
);

it.each([
  ['the fresh capability', () => Promise.resolve('cap_fresh'), 'cap_fresh'],
  ['that there is none for now', () => Promise.reject(new Error('OFFLINE')), null],
])('tells the worker that waits for it %s', async (_what, token, told) => {
  new KeeperClient({ keeping: () => undefined, token });
  WorkerStub.newest.onmessage!({ data: { type: 'token_wanted' } });
  await new Promise((resolve) => setTimeout(resolve, 0));
  expect(WorkerStub.newest.heard).toEqual([{ number: 1, name: 'renewed', ask: { token: told } }]);
});

it('lets nobody wait for a worker that was ended', async () => {
  const client = new KeeperClient({ keeping: () => undefined, token: () => Promise.reject(new Error('OFFLINE')) });
  const settled = client.ask('settled');
  client.end();
  await expect(settled).rejects.toThrow(KeeperEnded);
  await expect(client.ask('settled')).rejects.toThrow(KeeperEnded);
  WorkerStub.newest.onmessage!({ data: { type: 'token_wanted' } });
  await new Promise((resolve) => setTimeout(resolve, 0));
  expect(WorkerStub.newest.heard).toHaveLength(1);
});
