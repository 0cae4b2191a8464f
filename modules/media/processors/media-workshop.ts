import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Config } from '#platform/config/config.js';
import { PRODUCT_VERSION } from '#platform/files/product-root.js';
import { ToolsApart } from '../processing/apart/tools-apart.js';
import type { MediaLimits } from '../processing/media-file.js';
import type { MediaWork } from '../processing/media-tools.js';
import { TempSweep } from '../processing/temp-folder.js';
import { MadeFiles } from '../made-files/made-files.js';
import type { MadeFile } from '../made-files/media-keys.js';

const MEGABYTE = 1_000_000;
const MINUTE_MS = 60_000;
/** Plaintext that a killed worker left lies no longer than the next one takes to see it. */
const SWEEP_EVERY_MS = MINUTE_MS;

/** The worker's bench: which tool serves, where plaintext may lie for the length of a job, where results go. */
@Injectable()
export class MediaWorkshop implements OnModuleInit, OnModuleDestroy {
  private choosing?: Promise<ToolsApart>;
  private readonly stopping = new AbortController();
  private sweeping?: NodeJS.Timeout;

  constructor(
    private readonly config: Config,
    private readonly files: MadeFiles,
  ) {}

  /** Trying the tools takes a second that nothing else need wait for. */
  async onModuleInit(): Promise<void> {
    if (!this.config.runsWorker) return;
    this.choose().catch(() => undefined); // the first job says why
    const sweep = new TempSweep(this.folder);
    await sweep.sweep();
    this.sweeping = setInterval(() => void sweep.sweep().catch(() => undefined), SWEEP_EVERY_MS).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.sweeping);
    this.stopping.abort();
    void this.choosing?.then(
      (tools) => tools.close(),
      () => undefined,
    );
  }

  tools(): Promise<MediaWork> {
    return this.choose();
  }

  /** Which program this is, and with which tools: another may bring about what failed here. */
  async name(): Promise<string> {
    const tools = await this.choose().catch(() => null); // a workshop without any can be named, too
    return [`screendesk ${PRODUCT_VERSION}`, tools && `${tools.name} ${tools.version}`].filter(Boolean).join(', ');
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

  /** What holds the tools is said once, and that nothing does more loudly. */
  private choose(): Promise<ToolsApart> {
    const { FFMPEG } = this.config.values;
    const ffmpeg = { auto: 'ffmpeg', off: 'none' }[FFMPEG] ?? FFMPEG;
    this.choosing ??= ToolsApart.open({ ffmpeg, folder: this.folder }, this.stopping).then(
      (tools) => {
        const { because, heldBy, holds } = tools.what;
        new Logger('Media').log(because);
        new Logger('Media')[holds ? 'log' : 'warn'](heldBy);
        return tools;
      },
      (error: unknown) => {
        this.choosing = undefined;
        throw error;
      },
    );
    return this.choosing;
  }
}
