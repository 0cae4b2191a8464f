import { access, constants, realpath } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/**
 * Where a program lies, all links followed: one by its name is looked for on our PATH.
 * @throws Error when there is none
 */
export async function programPath(command: string): Promise<string> {
  if (command.includes('/')) return realpath(command);
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder, command);
    const runs = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (folder && runs) return realpath(path);
  }
  throw new Error(`There is no ${command}`);
}
