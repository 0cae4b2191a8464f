import { execFile } from 'node:child_process';
import { platform, userInfo } from 'node:os';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Who the server runs as; nobody in particular where we are not root. */
export interface Owner {
  readonly uid?: number;
  readonly gid?: number;
}

/** PostgreSQL refuses to run as root, so root lends it a user of its own. */
export async function serverUser(): Promise<Owner> {
  if (platform() === 'win32' || userInfo().uid !== 0) return {};
  const idOf = (flag: string) => run('id', [flag, 'postgres']).then(({ stdout }) => Number(stdout));
  const known = () => idOf('-u').catch(() => undefined);
  if (!(await known()))
    await run('useradd', ['--system', '--user-group', '--no-create-home', 'postgres']).catch(async (error) => {
      // Another first start on this machine may have been quicker.
      if (!(await known())) throw error;
    });
  return { uid: await idOf('-u'), gid: await idOf('-g') };
}
