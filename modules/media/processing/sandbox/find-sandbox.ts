import { chmod, mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { withTempFolder } from '../temp-folder.js';
import { Bubblewrap } from './bubblewrap.js';
import { OtherUser } from './other-user.js';
import { programPath } from './program-path.js';
import { runTool } from './run-tool.js';
import { NoSandbox, type Sandbox } from './sandbox.js';

/** For a tool's first word: far more than a busy machine takes, since what is passed over stays so until the next start. */
export const FIRST_WORD_MS = 60_000;
const LIMITS = { timeoutMs: FIRST_WORD_MS, maxOutputBytes: 4096, cwd: '/' };
/** Takes network and processes away and needs a privilege for it, which containers do not have. */
const ALONE = 'unshare --net --ipc --uts --pid --fork --kill-child --'.split(' ');
const NOTHING = 'Tools that read what strangers sent run with the rights of this process: ';
const LOSS = 'of a file that breaks out of them, neither keys nor network are out of reach.';

type Hold = 'bubblewrap' | 'other user';
const HOLDS: readonly Hold[] = ['bubblewrap', 'other user'];

/**
 * What this machine has to hold the tools: each is tried before it is named.
 * @param root where jobs keep their folders; root owns it, where that may lend users to the tools
 */
export async function findSandbox(root: string, among: readonly Hold[] = HOLDS): Promise<Sandbox> {
  const found = among.includes('bubblewrap') ? await bubblewrap().catch(() => null) : null;
  if (found) return found;
  const other = among.includes('other user') && process.getuid?.() === 0 ? await otherUser(root) : null;
  return other ?? new NoSandbox(`${NOTHING}bubblewrap is not installed, or may not be used here; ${LOSS}`);
}

async function bubblewrap(): Promise<Sandbox> {
  const command = await programPath('bwrap');
  const version = await runTool({ step: 'sandbox', command, args: ['--version'], ...LIMITS });
  const because = `Media tools are held by ${version.toString().trim()}.`;
  const sandbox = new Bubblewrap(command, because);
  await sandbox.run({ step: 'sandbox', command: 'true', args: [], reads: [], ...LIMITS });
  return sandbox;
}

async function otherUser(root: string): Promise<Sandbox | null> {
  // Passing through is all that others may do here.
  await mkdir(root, { recursive: true, mode: 0o711 });
  for (const folder of [root, join(root, '..')]) await chmod(folder, (await stat(folder)).mode | 0o011);
  const because = 'Media tools run as users of their own, since bubblewrap is not installed, or may not be used here';
  const without = new OtherUser(`${because}; the network stays within their reach.`, []);
  for (const sandbox of [new OtherUser(`${because}.`, ALONE), without]) if (await works(sandbox, root)) return sandbox;
  return null;
}

function works(sandbox: Sandbox, root: string): Promise<boolean> {
  return withTempFolder(root, async (folder) => {
    const makes = join(folder, 'made');
    const run = {
      ...LIMITS,
      step: 'sandbox',
      command: 'sh',
      args: ['-c', 'echo made > "$0"', makes],
      reads: [],
      makes,
    };
    return sandbox.run({ ...run, cwd: folder }).then(
      () => true,
      () => false,
    );
  });
}
