import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The product's own folder, seen from the source tree and from `dist/` alike, wherever it is started from. */
export const PRODUCT_ROOT = folderWith('package.json', import.meta.dirname);

function folderWith(name: string, folder: string): string {
  return existsSync(join(folder, name)) ? folder : folderWith(name, dirname(folder));
}
