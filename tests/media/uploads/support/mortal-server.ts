import { SegmentCommits } from '#modules/media/uploads/segment-commits.js';
import type { StoredSegment } from '#modules/media/uploads/upload.js';
import type { Place } from '#platform/object-storage/object-storage.js';
import { SealedObjects } from '#platform/object-storage/sealed-objects.js';
import { startUploadApp } from './upload-app.js';

/** Where in an append this process dies: `add` when the bytes are durable, `commit` when its row is, both unanswered. */
const [databaseUrl, directory, at, appends] = process.argv.slice(2);
let left = Number(appends);

function dieInTime(): void {
  if (--left <= 0) process.kill(process.pid, 'SIGKILL');
}

class MortalObjects extends SealedObjects {
  override async add(...added: Parameters<SealedObjects['add']>): Promise<Place> {
    const place = await super.add(...added);
    if (at === 'add') dieInTime();
    return place;
  }
}

class MortalCommits extends SegmentCommits {
  override async commit(id: string, segment: StoredSegment): Promise<boolean> {
    const committed = await super.commit(id, segment);
    if (at === 'commit') dieInTime();
    return committed;
  }
}

const app = await startUploadApp({
  databaseUrl: databaseUrl!,
  directory: directory!,
  sealed: (storage, keys) => new MortalObjects(storage, keys),
  commits: MortalCommits,
});
process.send!({ url: app.url });
process.on('disconnect', () => process.exit());
