import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The product's own folder, seen from the source tree and from `dist/` alike, wherever it is started from. */
export const PRODUCT_ROOT = folderWith('package.json', import.meta.dirname);

/** As the package says. */
export const PRODUCT_VERSION = (
  JSON.parse(readFileSync(join(PRODUCT_ROOT, 'package.json'), 'utf8')) as { readonly version: string }
).version;

function folderWith(name: string, folder: string): string {
  return existsSync(join(folder, name)) ? folder : folderWith(name, dirname(folder));
}
