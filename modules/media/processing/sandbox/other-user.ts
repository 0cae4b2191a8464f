import { randomInt } from 'node:crypto';
import { chmod, chown, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { programPath } from './program-path.js';
import { runTool } from './run-tool.js';
import { keepMade, Sandbox, type ConfinedRun } from './sandbox.js';

/** Beyond all users that systems hand out, and another one each time. */
const FIRST_ID = 1_000_000_000;
const IDS = 1_000_000_000;

/**
 * Root lends each run a user that nobody is: it owns nothing, is in no group, and may read its input and write what it
 * makes. Where root may also take the network away, it does.
 */
export class OtherUser extends Sandbox {
  readonly holds = true;

  /** @param alone the words before the command that take network and processes away */
  constructor(
    readonly because: string,
    private readonly alone: readonly string[],
  ) {
    super();
  }

  async run(run: ConfinedRun): Promise<Buffer> {
    const { makes, reads, cwd } = run;
    const id = FIRST_ID + randomInt(IDS);
    const [folder, program] = [dirname(makes ?? reads[0] ?? cwd), await programPath(run.command)];
    const own = reads.filter((path) => dirname(path) === folder && folder === cwd);
    const isLent = Boolean(makes) || own.length > 0;
    try {
      // Whoever is in the group may add files here, but neither remove nor change those of another owner.
      if (isLent) await give(folder, id, 0o1770);
      for (const path of own) await give(path, id, 0o640);
      const [command, ...args] = [...this.alone, ...this.become(id), program, ...run.args];
      const said = await runTool({ ...run, command: command!, args });
      if (!makes) return said;
      // From here on nothing that the tool left running comes in any more.
      await give(folder, 0, 0o700);
      await keepMade(makes, makes);
      await give(makes, 0, 0o600);
      return said;
    } catch (error) {
      if (makes) await rm(makes, { force: true });
      throw error;
    } finally {
      if (isLent) await give(folder, 0, 0o700);
      for (const path of own) await give(path, 0, 0o600);
    }
  }

  private become(id: number): string[] {
    const who = `--reuid=${id} --regid=${id} --clear-groups --no-new-privs --bounding-set=-all --inh-caps=-all`;
    return ['setpriv', ...who.split(' '), '--'];
  }
}

/** To root, and a group. */
async function give(path: string, group: number, mode: number): Promise<void> {
  await chown(path, 0, group);
  await chmod(path, mode);
}
