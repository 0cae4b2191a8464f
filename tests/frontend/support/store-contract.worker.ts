import { DatabaseStore } from '../../../frontend/src/lib/recorder/upload/database-store.js';
import { DiskStore } from '../../../frontend/src/lib/recorder/upload/disk-store.js';
import type { LocalStore } from '../../../frontend/src/lib/recorder/upload/local-store.js';
import { MemoryStore } from '../../../frontend/src/lib/recorder/upload/memory-store.js';

/** What every local store must do, played through in a worker of a real browser; the answers go to the test. */

export interface StoreReport {
  readonly storedIn: string;
  readonly listed: string[];
  readonly sizes: number[];
  /** Whether a read across the borders of three appends gave the very bytes. */
  readonly readAcross: boolean;
  readonly readBeyondTheEnd: number;
  readonly other: number;
  readonly reopened: number;
  readonly grown: boolean;
  readonly blob: { readonly same: boolean; readonly type: string };
  readonly sealed: boolean;
  readonly afterRemoval: { readonly listed: string[]; readonly size: number };
}

const STORES: Record<string, () => Promise<LocalStore>> = {
  disk: DiskStore.open,
  database: DatabaseStore.open,
  memory: async () => new MemoryStore(),
};

const about = (id: string) => ({
  id,
  requestId: 'r',
  startedAt: '2026-01-01T00:00:00Z',
  tracks: [],
  recordingId: null,
});
const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
const same = (one: Uint8Array, other: Uint8Array) =>
  one.length === other.length && one.every((byte, index) => byte === other[index]);
const ids = async (store: LocalStore) => (await store.list()).map(({ id }) => id);

async function play(open: () => Promise<LocalStore>): Promise<StoreReport> {
  const store = await open();
  const recording = about(crypto.randomUUID());
  await store.save(recording);
  const listed = (await ids(store)).filter((id) => id === recording.id);
  const bytes = random(60_001);
  const file = await store.open(recording, 'screen');
  const sizes = [file.size];
  for (const [from, to] of [
    [0, 1],
    [1, 40_000],
    [40_000, 60_001],
  ] as const) {
    await file.append(bytes.slice(from, to));
    sizes.push(file.size);
  }
  const readAcross =
    same(await file.read(0, 60_001), bytes) && same(await file.read(39_990, 20), bytes.slice(39_990, 40_010));
  const readBeyondTheEnd = (await file.read(60_000, 500)).length;
  const camera = await store.open(recording, 'camera');
  const other = camera.size;
  await camera.seal();
  await file.seal();
  const sealed = same(await file.read(5, 100), bytes.slice(5, 105));
  const again = await (await open()).open(recording, 'screen');
  const reopened = again.size;
  await again.append(bytes.slice(0, 10));
  const grown = same(await again.read(reopened, 10), bytes.slice(0, 10));
  const blob = await again.blob('video/webm');
  const content = new Uint8Array(await blob.arrayBuffer());
  await again.seal();
  await store.remove(recording);
  const left = (await ids(store)).filter((id) => id === recording.id);
  await store.save(recording);
  const fresh = await store.open(recording, 'screen');
  const afterRemoval = { listed: left, size: fresh.size };
  await fresh.seal();
  return {
    storedIn: store.storedIn,
    listed,
    sizes,
    readAcross,
    readBeyondTheEnd,
    other,
    reopened,
    grown,
    sealed,
    afterRemoval,
    blob: { same: same(content.slice(0, reopened), bytes.slice(0, reopened)), type: blob.type },
  };
}

self.onmessage = ({ data }: MessageEvent<string>) =>
  void play(STORES[data]!).then(
    (report) => self.postMessage({ report }),
    (error: unknown) => self.postMessage({ error: String(error) }),
  );
