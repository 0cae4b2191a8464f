import { registerMediabunnyServer } from '@mediabunny/server';
import {
  AudioSampleSink,
  AudioSampleSource,
  EncodedPacketSink,
  FilePathSource,
  FilePathTarget,
  Input,
} from 'mediabunny';
import {
  MATROSKA,
  MP4,
  Mp4OutputFormat,
  Output,
  QTFF,
  QUALITY_HIGH,
  VideoSampleSink,
  VideoSampleSource,
} from 'mediabunny';
import { WEBM, WebMOutputFormat } from 'mediabunny';
import type { InputAudioTrack, InputVideoTrack } from 'mediabunny';

/**
 * A program of its own, since FFmpeg's decoders are native code that reads what strangers sent. It imports nothing of
 * ours, takes its task as JSON in its only argument, and prints how far it is, 0 to 1, a line each.
 */
interface Task {
  /** The pictures in their own codec, or pictures and sound as H.264 and AAC; `probe` only says that it runs. */
  readonly task: 'head' | 'part' | 'probe';
  readonly input: string;
  readonly output: string;
  /** Seconds of the input's own clock. */
  readonly start: number;
  readonly end: number;
  readonly codec: 'vp8' | 'vp9';
}

/** Without it the machine's graphics cards are looked for, and what each of them does nobody knows. */
registerMediabunnyServer({ hardwareContext: null });
const task = JSON.parse(process.argv[2] ?? '{}') as Task;
if (task.task === 'probe') process.stdout.write('ready\n');
else await encode(task);

async function encode({ task: kind, input: path, output: to, start, end, codec }: Task): Promise<void> {
  const input = new Input({ formats: [WEBM, MATROSKA, MP4, QTFF], source: new FilePathSource(path) });
  const video = (await input.getPrimaryVideoTrack())!;
  const audio = kind === 'part' ? await input.getPrimaryAudioTrack() : null;
  const format = kind === 'part' ? new Mp4OutputFormat({ fastStart: false }) : new WebMOutputFormat();
  const output = new Output({ format, target: new FilePathTarget(to) });
  const pictures = await pictureSource(video, kind === 'part' ? 'avc' : codec);
  const sounds = audio && new AudioSampleSource({ codec: 'aac', bitrate: 96_000 });
  output.addVideoTrack(pictures, { rotation: await video.getRotation() });
  if (sounds) output.addAudioTrack(sounds);
  await output.start();
  const sound = audio && sounds ? encodeSounds(audio, sounds, start, end) : null;
  await Promise.all([encodePictures(video, pictures, start, end), sound]);
  await output.finalize();
  input.dispose();
}

/** Real-time settings: mostly it is a few seconds, and no picture may wait for one after it. Whatever the sizes, H.264 needs one, and even. */
async function pictureSource(video: InputVideoTrack, codec: 'vp8' | 'vp9' | 'avc'): Promise<VideoSampleSource> {
  const even = (pixels: number): number => Math.max(2, pixels - (pixels % 2));
  const [width, height] = [even(await video.getCodedWidth()), even(await video.getCodedHeight())];
  const transform = codec === 'avc' ? { transform: { width, height, fit: 'contain' as const } } : {};
  const settings = {
    codec,
    quality: QUALITY_HIGH,
    latencyMode: 'realtime',
    sizeChangeBehavior: 'passThrough',
  } as const;
  return new VideoSampleSource({ ...settings, ...transform });
}

/** The one on the screen at the start comes first, or else the first there is. */
async function encodePictures(
  video: InputVideoTrack,
  to: VideoSampleSource,
  start: number,
  end: number,
): Promise<void> {
  const shown = await new EncodedPacketSink(video).getPacket(start, { metadataOnly: true });
  const first = shown?.timestamp ?? (await video.getFirstTimestamp());
  let isFirst = true;
  for await (const sample of new VideoSampleSink(video).samples(first, Math.max(end, first + 0.001))) {
    const timestamp = isFirst ? 0 : sample.timestamp - start;
    sample.setTimestamp(timestamp);
    sample.setDuration(Math.max(0.001, Math.min(sample.duration, end - start - timestamp)));
    await to.add(sample);
    sample.close();
    isFirst = false;
    process.stdout.write(`${Math.min(1, timestamp / (end - start)).toFixed(3)}\n`);
  }
  to.close();
}

/** Whole pieces only: one that reaches over an edge would bring sound from beyond it. */
async function encodeSounds(audio: InputAudioTrack, to: AudioSampleSource, start: number, end: number): Promise<void> {
  for await (const sample of new AudioSampleSink(audio).samples(start, end)) {
    if (sample.timestamp >= start && sample.timestamp + sample.duration <= end) {
      sample.setTimestamp(sample.timestamp - start);
      await to.add(sample);
    }
    sample.close();
  }
  to.close();
}
