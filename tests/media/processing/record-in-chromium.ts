import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

/** What one MediaRecorder in the page shall do. Times in milliseconds. */
export interface Take {
  readonly mimeType: string;
  readonly durationMs: number;
  readonly audio: boolean;
  readonly width: number;
  readonly height: number;
  /** Change the picture's size at this moment, as when the shared window is resized. */
  readonly resize?: { readonly atMs: number; readonly width: number; readonly height: number };
  /** Omit for Chromium's default, which is one key frame per ~100 s. */
  readonly keyFrameIntervalMs?: number;
}

/** The picture is one flat colour per second, in this order, so that a decoded frame tells when it was recorded. */
export const COLOUR_OF_SECOND = [
  '#ff0000',
  '#00ff00',
  '#0000ff',
  '#ffff00',
  '#ff00ff',
  '#00ffff',
  '#ffffff',
  '#000000',
];

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];

/** Records all takes at the same time with real MediaRecorders in a real headless Chromium. */
export async function recordInChromium(takes: readonly Take[]): Promise<Buffer[]> {
  const profile = mkdtempSync(join(tmpdir(), 'record-in-chromium-'));
  const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
  const options = { executablePath, headless: true, args: [...FLAGS, '--autoplay-policy=no-user-gesture-required'] };
  const context = await chromium.launchPersistentContext(profile, options);
  try {
    const page = context.pages()[0] ?? (await context.newPage());
    const script = `Promise.all(${JSON.stringify(takes)}.map((take) => (${recordTake})(take, ${JSON.stringify(COLOUR_OF_SECOND)})))`;
    const recordings = (await page.evaluate(script)) as string[];
    return recordings.map((base64) => Buffer.from(base64, 'base64'));
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

/** Runs in the page (as source text, hence plain JavaScript): draws the colours, records them, returns base64. */
const recordTake = `async (take, colours) => {
  const canvas = Object.assign(document.createElement('canvas'), { width: take.width, height: take.height });
  const picture = canvas.getContext('2d');
  const started = performance.now();
  const draw = () => {
    const elapsed = performance.now() - started;
    if (take.resize && elapsed >= take.resize.atMs && canvas.width !== take.resize.width)
      Object.assign(canvas, { width: take.resize.width, height: take.resize.height });
    picture.fillStyle = colours[Math.floor(elapsed / 1000) % colours.length];
    picture.fillRect(0, 0, canvas.width, canvas.height);
    picture.fillStyle = '#808080';
    picture.fillRect(0, 0, (canvas.width * (elapsed % 1000)) / 1000, 8);
  };
  draw();
  const stream = canvas.captureStream(15);
  const sound = new AudioContext();
  if (take.audio) {
    const oscillator = sound.createOscillator();
    const destination = sound.createMediaStreamDestination();
    oscillator.connect(destination);
    oscillator.start();
    stream.addTrack(destination.stream.getAudioTracks()[0]);
  }
  const chunks = [];
  const recorder = new MediaRecorder(stream, {
    mimeType: take.mimeType, videoBitsPerSecond: 250000, audioBitsPerSecond: 32000,
    ...(take.keyFrameIntervalMs ? { videoKeyFrameIntervalDuration: take.keyFrameIntervalMs } : {}),
  });
  recorder.ondataavailable = (event) => chunks.push(event.data);
  recorder.start(1000);
  const timer = setInterval(draw, 20);
  await new Promise((resolve) => setTimeout(resolve, take.durationMs));
  const stopped = new Promise((resolve) => { recorder.onstop = resolve; });
  recorder.stop();
  await stopped;
  clearInterval(timer);
  await sound.close();
  const bytes = new Uint8Array(await new Blob(chunks).arrayBuffer());
  let binary = '';
  for (let i = 0; i < bytes.length; i += 32768) binary += String.fromCharCode(...bytes.subarray(i, i + 32768));
  return btoa(binary);
}`;

/** The committed fixtures: `node tests/media/processing/record-in-chromium.ts tests/fixtures/media` makes them anew. */
export const FIXTURE_TAKES: Readonly<Record<string, Take>> = {
  'vp9-opus.webm': {
    mimeType: 'video/webm;codecs=vp9,opus',
    durationMs: 6000,
    audio: true,
    width: 320,
    height: 180,
    keyFrameIntervalMs: 2000,
  },
  'vp8-opus.webm': { mimeType: 'video/webm;codecs=vp8,opus', durationMs: 4000, audio: true, width: 320, height: 180 },
  'vp9-silent.webm': {
    mimeType: 'video/webm;codecs=vp9',
    durationMs: 4000,
    audio: false,
    width: 320,
    height: 180,
    keyFrameIntervalMs: 2000,
  },
  'vp9-resized.webm': {
    mimeType: 'video/webm;codecs=vp9,opus',
    durationMs: 4000,
    audio: true,
    width: 320,
    height: 180,
    resize: { atMs: 2000, width: 240, height: 240 },
  },
  'h264-opus.mkv': {
    mimeType: 'video/x-matroska;codecs=avc1,opus',
    durationMs: 4000,
    audio: true,
    width: 320,
    height: 180,
    keyFrameIntervalMs: 2000,
  },
  'h264-resized.mkv': {
    mimeType: 'video/x-matroska;codecs=avc1,opus',
    durationMs: 4000,
    audio: true,
    width: 320,
    height: 180,
    resize: { atMs: 2000, width: 240, height: 240 },
  },
  'h264-opus.mp4': {
    mimeType: 'video/mp4;codecs=avc1,opus',
    durationMs: 4000,
    audio: true,
    width: 320,
    height: 180,
    keyFrameIntervalMs: 1000,
  },
};

if (process.argv[1] === import.meta.filename) {
  const folder = process.argv[2] ?? 'tests/fixtures/media';
  mkdirSync(folder, { recursive: true });
  const recordings = await recordInChromium(Object.values(FIXTURE_TAKES));
  Object.keys(FIXTURE_TAKES).forEach((name, index) => writeFileSync(join(folder, name), recordings[index]!));
}
