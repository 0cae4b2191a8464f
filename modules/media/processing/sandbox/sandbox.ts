import { lstat, mkdtemp, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { MediaFailed } from '../media-errors.js';
import { runTool, type ToolRun } from './run-tool.js';

/** A tool's run, and all that it may touch. Paths are whole ones. */
export interface ConfinedRun extends ToolRun {
  /** Files and folders it reads, beside itself and the system's libraries. */
  readonly reads: readonly string[];
  /** The one file it makes, in a private folder of ours. Not there when the run fails. */
  readonly makes?: string | undefined;
}

/** Where native code that reads strangers' files runs, since one day a file will make it do something else. */
export abstract class Sandbox {
  /** One sentence for the operator: what holds the tools, or that nothing does. */
  abstract readonly because: string;
  abstract readonly holds: boolean;

  /**
   * @returns standard output, unless `onOutput` takes it
   * @throws MediaFailed
   */
  abstract run(run: ConfinedRun): Promise<Buffer>;
}

/** Limits of memory, time and size alone, as everywhere. */
export class NoSandbox extends Sandbox {
  readonly holds = false;

  constructor(readonly because: string) {
    super();
  }

  run(run: ConfinedRun): Promise<Buffer> {
    return runTool(run);
  }
}

/** Gives the work an empty folder for what it makes, and keeps that alone. */
export async function withOutputFolder<Result>(
  makes: string | undefined,
  work: (folder: string | null) => Promise<Result>,
): Promise<Result> {
  if (!makes) return work(null);
  const folder = await mkdtemp(join(dirname(makes), 'output-'));
  try {
    const result = await work(folder);
    await keepMade(join(folder, basename(makes)), makes);
    return result;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * A link in place of the result would lead whoever opens it to a file that the tool itself could not reach.
 * @throws MediaFailed
 */
export async function keepMade(path: string, kept: string): Promise<void> {
  const made = await lstat(path).catch(() => null);
  if (!made?.isFile()) throw new MediaFailed('result', 'the tool made no file');
  if (path !== kept) await rename(path, kept);
}
