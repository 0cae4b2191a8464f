import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Config } from '#platform/config/config.js';
import { chooseMedia, type MediaChoice } from '../processing/choose-media.js';
import type { MediaLimits } from '../processing/media-file.js';
import type { MediaTools } from '../processing/media-tools.js';
import { findSandbox } from '../processing/sandbox/find-sandbox.js';
import type { Sandbox } from '../processing/sandbox/sandbox.js';
import { sweepTemp } from '../processing/temp-folder.js';
import { MadeFiles } from '../made-files/made-files.js';
import type { MadeFile } from '../made-files/media-keys.js';

const MEGABYTE = 1_000_000;
const MINUTE_MS = 60_000;

/** The worker's bench: which tool serves, where plaintext may lie for the length of a job, where results go. */
@Injectable()
export class MediaWorkshop implements OnModuleInit {
  private choosing?: Promise<MediaChoice>;

  constructor(
    private readonly config: Config,
    private readonly files: MadeFiles,
  ) {}

  /** Trying the tools takes a second that nothing else need wait for. */
  async onModuleInit(): Promise<void> {
    if (!this.config.runsWorker) return;
    this.choose().catch(() => undefined); // the first job says why
    await sweepTemp(this.folder);
  }

  async tools(): Promise<MediaTools> {
    return (await this.choose()).tools;
  }

  /** Where jobs keep their folders; on the data's own disk, since a recording may be large. */
  get folder(): string {
    return join(this.config.tempDir, 'media');
  }

  get limits(): Partial<MediaLimits> {
    const { MAX_RECORDING_MEGABYTES, MAX_RECORDING_MINUTES } = this.config.values;
    // A minute more than the recorder stops at: a late last chunk is no reason to refuse the whole.
    const maxDurationMs = (MAX_RECORDING_MINUTES + 1) * MINUTE_MS;
    return { maxBytes: MAX_RECORDING_MEGABYTES * MEGABYTE, maxDurationMs };
  }

  async makesMp4(): Promise<boolean> {
    return this.config.values.MP4_COPIES === 'on' && (await this.tools()).name === 'ffmpeg';
  }

  async keepFile(recordingId: string, file: MadeFile, path: string): Promise<void> {
    await this.files.keep(recordingId, file, createReadStream(path));
  }

  async keepPicture(recordingId: string, file: MadeFile, jpeg: Buffer): Promise<void> {
    await this.files.keep(recordingId, file, jpeg);
  }

  /** Whether there is a poster, be it the browser's. */
  hasPoster(recordingId: string): Promise<boolean> {
    return this.files.has(recordingId, 'poster');
  }

  private choose(): Promise<MediaChoice> {
    const { FFMPEG } = this.config.values;
    const path = { auto: 'ffmpeg', off: 'none' }[FFMPEG] ?? FFMPEG;
    this.choosing ??= this.sandbox()
      .then((sandbox) => chooseMedia(path, sandbox))
      .then(
        (choice) => {
          new Logger('Media').log(choice.because);
          return choice;
        },
        (error: unknown) => {
          this.choosing = undefined;
          throw error;
        },
      );
    return this.choosing;
  }

  /** What holds the tools is said once, and that nothing does more loudly. */
  private async sandbox(): Promise<Sandbox> {
    const sandbox = await findSandbox(this.folder);
    new Logger('Media')[sandbox.holds ? 'log' : 'warn'](sandbox.because);
    return sandbox;
  }
}
