import { dirname } from 'node:path';
import { programPath } from './program-path.js';
import { runTool } from './run-tool.js';
import { Sandbox, withOutputFolder, type ConfinedRun } from './sandbox.js';

const PATH = '/usr/local/bin:/usr/bin:/bin';
/** Threads count too: ffmpeg starts some dozens. */
const MOST_PROCESSES = 256;

/** Nobody in namespaces of their own: no network, no process but its own, no privilege, and no way to get one. */
const ALONE = '--unshare-all --unshare-user --disable-userns --uid 65534 --gid 65534 --cap-drop ALL --die-with-parent';
/** Programs and libraries, which the links of /etc/alternatives lead to. Not all of /usr: somebody's data may lie below it. */
const SYSTEM = [
  ...['bin', 'sbin', 'lib', 'lib32', 'lib64'].flatMap((name) => [`/usr/${name}`, `/${name}`]),
  ...['/usr/libexec', '/usr/share', '/usr/local/bin', '/usr/local/lib', '/nix/store'],
  ...['/etc/ld.so.cache', '/etc/alternatives'],
].flatMap((path) => ['--ro-bind-try', path, path]);

/** Only what a run names is there, all of it to be read and its own folder to be written: https://github.com/containers/bubblewrap. */
export class Bubblewrap extends Sandbox {
  readonly holds = true;

  constructor(
    private readonly command: string,
    readonly because: string,
  ) {
    super();
  }

  run(run: ConfinedRun): Promise<Buffer> {
    return withOutputFolder(run.makes, async (folder) => {
      const program = await programPath(run.command);
      const view = [...readOnly([program]), ...output(run, folder), ...readOnly(run.reads)];
      // The names that lead to what is bound lie in memory, and nothing may be put there.
      const args = [...ALONE.split(' '), ...SYSTEM, '--proc', '/proc', '--dev', '/dev', ...view, '--remount-ro', '/'];
      const limited = ['prlimit', `--nproc=${MOST_PROCESSES}`, '--', program, ...run.args];
      const home = run.makes ? dirname(run.makes) : '/';
      const environment = ['--clearenv', ...variables({ PATH, LC_ALL: 'C', HOME: home, TMPDIR: home })];
      return runTool({
        ...run,
        command: this.command,
        args: [...args, ...environment, '--chdir', home, '--', ...limited],
      });
    });
  }
}

/** In place of the folder that holds the result, so that the run's arguments stay true and nothing beside it is seen. */
function output({ makes }: ConfinedRun, folder: string | null): string[] {
  return makes && folder ? ['--bind', folder, dirname(makes)] : [];
}

function readOnly(paths: readonly string[]): string[] {
  return paths.flatMap((path) => ['--ro-bind', path, path]);
}

function variables(values: Readonly<Record<string, string>>): string[] {
  return Object.entries(values).flatMap(([name, value]) => ['--setenv', name, value]);
}
