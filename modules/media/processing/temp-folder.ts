import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, rm, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';

const PREFIX = 'job';
const HEARTBEAT_MS = 30_000;
/** A folder whose owner we cannot ask, and who has not been heard of for this long, has none any more. */
const SILENT_MS = 10 * HEARTBEAT_MS;

/**
 * Gives the work a folder only we may read, and removes it whatever happens to the work. The name tells which process
 * owns it, so that {@link TempSweep} knows what a killed one left behind.
 */
export async function withTempFolder<Result>(root: string, work: (folder: string) => Promise<Result>): Promise<Result> {
  await mkdir(root, { recursive: true, mode: 0o700 });
  const folder = await mkdtemp(join(root, `${PREFIX}-${machine()}-${process.pid}-${startOf(process.pid)}-`));
  const heartbeat = setInterval(() => void touch(folder), HEARTBEAT_MS);
  heartbeat.unref();
  try {
    await chmod(folder, 0o700);
    return await work(folder);
  } finally {
    clearInterval(heartbeat);
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/**
 * Removes the folders of processes that are no more; those of live ones, also other workers', stay. Of a process that may
 * run elsewhere only its heartbeat is known: no two clocks are compared, so its folder goes once it has not changed for
 * some minutes before our own eyes.
 */
export class TempSweep {
  private readonly silent = new Map<string, { readonly beatMs: number; readonly sinceMs: number }>();

  constructor(private readonly root: string) {}

  /**
   * To be called at the start and every now and then.
   * @param nowMs on a clock that only runs on
   * @returns how many went
   */
  async sweep(nowMs = performance.now()): Promise<number> {
    const names = await readdir(this.root).catch((): string[] => []);
    for (const name of this.silent.keys()) if (!names.includes(name)) this.silent.delete(name);
    let removed = 0;
    for (const name of names) {
      const owner = ownerOf(name);
      if (!owner || (await this.isAlive(owner, name, nowMs))) continue;
      await rm(join(this.root, name), { recursive: true, force: true, maxRetries: 3 });
      removed += 1;
    }
    return removed;
  }

  private async isAlive(owner: Owner, name: string, nowMs: number): Promise<boolean> {
    if (owner.machine === machine()) return isRunning(owner.pid) && startOf(owner.pid) === owner.start;
    const beatMs = (await stat(join(this.root, name)).catch(() => null))?.mtimeMs;
    if (beatMs === undefined) return true; // what cannot be seen is nobody's to remove
    const before = this.silent.get(name);
    if (before?.beatMs !== beatMs) this.silent.set(name, { beatMs, sinceMs: nowMs });
    return before?.beatMs !== beatMs || nowMs - before.sinceMs < SILENT_MS;
  }
}

interface Owner {
  readonly machine: string;
  readonly pid: number;
  readonly start: string;
}

function ownerOf(name: string): Owner | null {
  const match = new RegExp(`^${PREFIX}-([0-9a-f]+)-(\\d+)-(\\d+)-\\w+$`).exec(name);
  return match && { machine: match[1]!, pid: Number(match[2]), start: match[3]! };
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Ticks from boot to the start of a process, which tell two processes of the same number apart; 0 where there is no /proc. */
function startOf(pid: number): string {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name in brackets may hold spaces; field 22 of the whole is the 20th behind it.
    return fields.slice(fields.lastIndexOf(')') + 2).split(' ')[19] ?? '0';
  } catch {
    return '0';
  }
}

/**
 * Where a process id means one process: this start of this kernel, and this container; where a system does not tell, the
 * host's name. A host may be called otherwise tomorrow, and a container is called otherwise each time.
 */
function machine(): string {
  return createHash('sha256').update(place()).digest('hex').slice(0, 12);
}

function place(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'latin1') + readlinkSync('/proc/self/ns/pid');
  } catch {
    return hostname();
  }
}

async function touch(folder: string): Promise<void> {
  const now = new Date();
  await utimes(folder, now, now).catch(() => undefined);
}
