import { join } from 'node:path';
import { DiskFolders } from '#platform/object-storage/disk-folders.js';
import { GrowingFiles } from '#platform/object-storage/growing-files.js';

/** Adds four times 40,000 bytes, and 200,000 in another folder, and writes down, as JSON, where each lies or why it does not. */
const objects = join(process.argv[2]!, 'objects');
const files = new GrowingFiles(new DiskFolders(objects, { prove: async () => undefined }));
const outcomes: unknown[] = [];
for (let n = 0; n < 4; n++)
  outcomes.push(await files.add(join(objects, 'upload'), Buffer.alloc(40_000, 'ab')).catch(String));
outcomes.push(await files.add(join(objects, 'other'), Buffer.alloc(200_000)).catch(String));
process.stdout.write(JSON.stringify(outcomes));
