import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { announce } from './announce.js';

/** The least that can be called an upload server: node http, a hash of what comes in, and a file it is added to. Nothing is made durable. */
const directory = process.argv[2]!;

const server = createServer(async (request, response) => {
  const hash = createHash('sha256');
  const file = createWriteStream(join(directory, encodeURIComponent(request.url!)), { flags: 'a' });
  await pipeline(
    request,
    async function* (source: AsyncIterable<Buffer>) {
      for await (const chunk of source) {
        hash.update(chunk);
        yield chunk;
      }
    },
    file,
  );
  response.writeHead(204, { 'x-digest': hash.digest('base64') }).end();
});
announce(server);
