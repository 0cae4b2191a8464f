/**
 * The least that can be called an upload server: node http, a hash of what comes in, and a file it is added to.
 * `synced` makes the promise that ours makes: the answer comes when the bytes are on disk.
 */
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { announce } from './announce.js';

const [directory, promise] = process.argv.slice(2);
const flush = promise === 'synced';

const server = createServer(async (request, response) => {
  const hash = createHash('sha256');
  const path = join(directory!, encodeURIComponent(request.url!));
  const hashed = async function* (source: AsyncIterable<Buffer>) {
    for await (const chunk of source) {
      hash.update(chunk);
      yield chunk;
    }
  };
  await pipeline(request, hashed, createWriteStream(path, { flags: 'a', flush }));
  response.writeHead(204, { 'x-digest': hash.digest('base64') }).end();
});
announce(server);
