import { parseEnv } from 'node:util';
import { readIfThere } from '#platform/files/if-there.js';

/**
 * Adds what a file of settings says to the environment, where that does not say it itself. There need not be a file;
 * one that is there counts, since without it the program would start on an empty database of its own.
 * @throws StartProblem when it cannot be read
 */
export async function readEnvFile(path: string, environment: Record<string, string | undefined>): Promise<void> {
  const text = (await readIfThere(path, 'The file of settings')) ?? '';
  const settings = parseEnv(text.replace(/^\uFEFF/, '')); // some editors begin a file with this mark
  for (const [name, value] of Object.entries(settings)) environment[name] ??= value;
}
