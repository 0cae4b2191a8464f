import { readdir, readlink } from 'node:fs/promises';

/** How many files below a folder this process holds open (Linux). */
export async function openFilesIn(folder: string): Promise<number> {
  const links = (await readdir('/proc/self/fd')).map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => ''));
  return (await Promise.all(links)).filter((path) => path.startsWith(`${folder}/`)).length;
}
