import type { MediaFile, MediaLimits } from '../media-file.js';
import type { MediaTools, ToolName, Trim } from '../media-tools.js';
import { MediaFailed, MediaRejected, type RejectionCode } from '../media-errors.js';

/** What is said between the product and the process that works on media for it. */

/** What a process works with; it finds that out by itself. */
export interface Bench {
  /** As `chooseMedia` takes it. */
  readonly ffmpeg: string;
  /** Where jobs keep their folders. */
  readonly folder: string;
}

/** What a process found to work with. */
export interface FoundTools {
  readonly name: ToolName;
  readonly version: string;
  /** Sentences for the operator. */
  readonly because: string;
  readonly heldBy: string;
  readonly holds: boolean;
}

interface Orders {
  found: readonly [];
  inspect: readonly [path: string, limits: Partial<MediaLimits> | undefined];
  makeSeekable: readonly [input: MediaFile, output: string, trim: Trim | null | undefined];
  poster: readonly [input: MediaFile];
  storyboard: readonly [input: MediaFile, grid: { readonly columns: number; readonly rows: number }];
  transcodeMp4: readonly [input: MediaFile, output: string];
}

export type Order = {
  readonly [Name in keyof Orders]: { readonly does: Name; readonly with: Orders[Name] };
}[keyof Orders];

interface Results {
  found: FoundTools;
  inspect: Awaited<ReturnType<MediaTools['inspect']>>;
  makeSeekable: Awaited<ReturnType<MediaTools['makeSeekable']>>;
  poster: Awaited<ReturnType<MediaTools['poster']>>;
  storyboard: Awaited<ReturnType<MediaTools['storyboard']>>;
  transcodeMp4: Awaited<ReturnType<MediaTools['transcodeMp4']>>;
}

export type ResultOf<One extends Order> = Results[One['does']];

/** To the process: something to do, or that nobody wants it any more. */
export type Asked = { readonly order: Order } | { readonly stop: true };

/** From the process. The last two end an order. */
export type Told = { readonly progress: number } | { readonly result: unknown } | { readonly error: ToldError };

export interface ToldError {
  readonly message: string;
  /** The error's own, such as ENOSPC or a reason for refusal. */
  readonly code?: string;
  readonly step?: string;
  readonly sentence?: string;
  readonly stack?: string;
}

export function told(error: unknown): ToldError {
  if (error instanceof MediaRejected) return { message: error.message, code: error.code, sentence: error.sentence };
  if (error instanceof MediaFailed) return { message: error.reason, step: error.step };
  const { message, code, stack }: NodeJS.ErrnoException = error instanceof Error ? error : new Error(String(error));
  return { message, code, stack };
}

/** The same error on this side. */
export function heard({ message, code, step, sentence, stack }: ToldError): Error {
  if (sentence !== undefined) return new MediaRejected(code as RejectionCode, sentence);
  if (step !== undefined) return new MediaFailed(step, message);
  return Object.assign(new Error(message), { code, stack });
}
