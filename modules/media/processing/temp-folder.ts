import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, rm, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';

const PREFIX = 'job';
const HEARTBEAT_MS = 30_000;
/** A folder of another machine whose owner has not been heard of for this long has none any more. */
const SILENT_MS = 10 * HEARTBEAT_MS;

/**
 * Gives the work a folder only we may read, and removes it whatever happens to the work. The name tells which process
 * owns it, so that {@link sweepTemp} knows what a killed one left behind.
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
 * Removes the folders of processes that are no more; those of live ones, also other workers', stay. Run it when a worker
 * starts and now and then.
 * @returns how many went
 */
export async function sweepTemp(root: string, now: Date = new Date()): Promise<number> {
  const names = await readdir(root).catch(() => []);
  let removed = 0;
  for (const name of names) {
    const owner = ownerOf(name);
    if (!owner || (await isAlive(owner, join(root, name), now))) continue;
    await rm(join(root, name), { recursive: true, force: true, maxRetries: 3 });
    removed += 1;
  }
  return removed;
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

async function isAlive(owner: Owner, folder: string, now: Date): Promise<boolean> {
  if (owner.machine === machine()) return isRunning(owner.pid) && startOf(owner.pid) === owner.start;
  const changed = await stat(folder).catch(() => null);
  return changed !== null && now.getTime() - changed.mtimeMs < SILENT_MS;
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

function machine(): string {
  return createHash('sha256').update(hostname()).digest('hex').slice(0, 12);
}

async function touch(folder: string): Promise<void> {
  const now = new Date();
  await utimes(folder, now, now).catch(() => undefined);
}
