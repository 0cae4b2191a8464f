import { open } from 'node:fs/promises';

/**
 * Makes the names in a directory durable: a file's own fsync does not save the entry that points to it.
 * Windows can neither open a directory for this nor needs it.
 */
export async function syncDirectory(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
