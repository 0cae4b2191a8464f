import { createReadStream } from 'node:fs';
import { chooseMedia } from '../../../modules/media/processing/choose-media.js';
import { processRecording } from '../../../modules/media/processing/process-recording.js';

/** A worker that has made a file seekable and now waits for storage for ever: `node … worker-under-test.ts <file> <root>`. */
const [source, root] = process.argv.slice(2) as [string, string];
const { tools } = await chooseMedia();
await processRecording(createReadStream(source), root, {
  tools,
  outputs: {
    seekable: () => {
      process.stdout.write('in the middle\n');
      return new Promise((resolve) => setTimeout(resolve, 1_000_000));
    },
  },
});
