import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const TYPESCRIPT = pathToFileURL(join(import.meta.dirname, 'typescript.mjs')).href;

export interface EndedProcess {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What else becomes of it: a program that runs it, and what kills it (SIGKILL). */
interface Circumstances {
  readonly under?: readonly string[];
  readonly signal?: AbortSignal;
}

/** A machine on which files can be made and nothing written. */
export const ON_A_FULL_DISK = { under: ['sh', '-c', `trap '' XFSZ; ulimit -f 0; exec "$@"`, 'sh'] };

/** `npm run ops -- …` or `npm run workspace -- …` in a process of its own, from the sources and from another folder. */
export async function operatorProcess(
  program: 'ops' | 'workspace',
  args: readonly string[],
  settings: Readonly<Record<string, string>>,
  { under = [], signal }: Circumstances = {},
): Promise<EndedProcess> {
  const entry = join(import.meta.dirname, `../../src/${program}.ts`);
  const options = { env: { PATH: process.env.PATH, ...settings }, cwd: tmpdir() };
  const [file, ...rest] = [...under, process.execPath, '--conditions=source', '--import', TYPESCRIPT, entry, ...args];
  return run(file!, rest, { ...options, ...(signal && { signal }), killSignal: 'SIGKILL' }).then(
    (ended) => ({ code: 0, ...ended }),
    ({ code, stdout, stderr }: EndedProcess) => ({ code, stdout, stderr }),
  );
}
