import { UploadRows } from '#modules/recording/uploads/upload-rows.js';
import type { Segment } from '#modules/recording/uploads/upload.js';
import { SealedObjects } from '#platform/object-storage/sealed-objects.js';
import { startUploadApp } from './upload-app.js';

/** Where in an append this process dies: `put` when the object is durable, `commit` when its row is, both unanswered. */
const [databaseUrl, directory, at, appends] = process.argv.slice(2);
let left = Number(appends);

function dieInTime(): void {
  if (--left <= 0) process.kill(process.pid, 'SIGKILL');
}

class MortalObjects extends SealedObjects {
  override async put(subject: string, key: string, plaintext: Buffer): Promise<void> {
    await super.put(subject, key, plaintext);
    if (at === 'put') dieInTime();
  }
}

class MortalRows extends UploadRows {
  override async advance(id: string, segment: Segment): Promise<boolean> {
    const advanced = await super.advance(id, segment);
    if (at === 'commit') dieInTime();
    return advanced;
  }
}

const app = await startUploadApp({
  databaseUrl: databaseUrl!,
  directory: directory!,
  sealed: (storage, keys) => new MortalObjects(storage, keys),
  rows: MortalRows,
});
process.send!({ url: app.url });
process.on('disconnect', () => process.exit());
