import { lstat, readFile } from 'node:fs/promises';
import { StartProblem } from '#platform/config/start-problem.js';

/**
 * Whether something has this name. Not being able to see it (another user's, a disk that does not answer) is not the
 * same as its not being there: whoever takes it for that makes anew what exists.
 * @param what it is, in words for the operator, as in "the key file"
 * @throws StartProblem when it cannot be seen
 */
export function isThere(path: string, what: string): Promise<boolean> {
  return ifThere(lstat(path), path, what).then((found) => found !== null);
}

/** The text of a file, or null when there is none. @throws StartProblem when it cannot be read */
export function readIfThere(path: string, what: string): Promise<string | null> {
  return ifThere(readFile(path, 'utf8'), path, what);
}

/** What looking gives, or null when there is nothing. @throws StartProblem when nobody can tell */
export async function ifThere<T>(looking: Promise<T>, path: string, what: string): Promise<T | null> {
  return looking.catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    if (error instanceof StartProblem) throw error;
    throw new StartProblem(
      `${what} cannot be read: ${path} (${error.code ?? error.message}). Nothing was changed. Let the user that runs this read it, or put it back, and start again.`,
      { cause: error },
    );
  });
}
