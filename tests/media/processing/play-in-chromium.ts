import { createReadStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

/** What a viewer would notice. Times in seconds; colour is the average of the picture after seeking. */
export interface Viewing {
  readonly duration: number;
  readonly width: number;
  readonly height: number;
  readonly colour: readonly number[];
  /** How far it played by itself after seeking. */
  readonly played: number;
  readonly error: string | null;
}

/** A file, and where its viewing begins. */
export interface Viewed {
  readonly path: string;
  readonly mediaType: string;
  /** 0 … 1 of it. */
  readonly part: number;
}

/** Opens each file in a real Chromium by HTTP ranges, jumps to its part and plays on from there, all at once. */
export async function playInChromium(files: readonly Viewed[]): Promise<Viewing[]> {
  const profile = mkdtempSync(join(tmpdir(), 'play-in-chromium-'));
  const server = createServer((request, response) => serve(files, request, response)).listen(0, '127.0.0.1');
  const args = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--mute-audio'];
  const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
  const context = await chromium.launchPersistentContext(profile, { executablePath, headless: true, args });
  try {
    const page = await context.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    const asked = files.map(({ part }, index) => [`/${index}`, part]);
    const script = `Promise.all(${JSON.stringify(asked)}.map(([address, part]) => (${view})(address, part)))`;
    return (await page.evaluate(script)) as Viewing[];
  } finally {
    await context.close();
    server.closeAllConnections();
    server.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

function serve(files: readonly Viewed[], request: IncomingMessage, response: ServerResponse): void {
  const file = files[Number(request.url!.slice(1) || Number.NaN)];
  if (!file) return void response.setHeader('content-type', 'text/html').end('<!doctype html><title>viewer</title>');
  const { size } = statSync(file.path);
  const [start = 0, end = size - 1] = (/bytes=(\d+)-(\d*)/.exec(request.headers.range ?? '') ?? [])
    .slice(1)
    .map((bound) => (bound === '' ? size - 1 : Number(bound)));
  response.writeHead(206, {
    'content-type': file.mediaType,
    'accept-ranges': 'bytes',
    'content-range': `bytes ${start}-${end}/${size}`,
    'content-length': end - start + 1,
  });
  createReadStream(file.path, { start, end }).pipe(response);
}

/** Runs in the page (as source text, hence plain JavaScript). */
const view = `async (address, part) => {
  const video = Object.assign(document.createElement('video'), { src: address, muted: true, preload: 'auto' });
  document.body.append(video);
  const failed = new Promise((resolve) => { video.onerror = () => resolve('error'); });
  const happens = (name) => Promise.race([failed, new Promise((resolve) => video.addEventListener(name, resolve, { once: true }))]);
  await happens('loadeddata');
  const seeked = happens('seeked');
  video.currentTime = video.duration * part;
  await seeked;
  const canvas = Object.assign(document.createElement('canvas'), { width: 1, height: 1 });
  const picture = canvas.getContext('2d');
  picture.drawImage(video, video.videoWidth / 4, video.videoHeight / 4, video.videoWidth / 2, video.videoHeight / 2, 0, 0, 1, 1);
  const colour = [...picture.getImageData(0, 0, 1, 1).data.slice(0, 3)];
  const from = video.currentTime;
  const ended = happens('ended');
  await video.play().catch(() => undefined);
  await ended;
  const { duration, videoWidth: width, videoHeight: height, error } = video;
  return { duration, width, height, colour, played: video.currentTime - from, error: error && error.message };
}`;
