import { mkdir } from 'node:fs/promises';
import { StartProblem } from '#platform/config/start-problem.js';

/**
 * Makes a folder, with those above it, unless it is there.
 * @param what it is, in words for the operator, as in "The data directory"
 * @throws StartProblem when it cannot be made, or something else has its name
 */
export async function makeFolder(path: string, what: string): Promise<void> {
  await mkdir(path, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    const isFile = error.code === 'EEXIST' || error.code === 'ENOTDIR';
    const why = isFile ? 'something that is no folder has this name, or one above it' : (error.code ?? error.message);
    const mend = isFile ? 'Name another folder' : 'Let the user that runs this make it';
    throw new StartProblem(`${what} cannot be made: ${path} (${why}). ${mend}, and start again.`, { cause: error });
  });
}
