import { execFileSync } from 'node:child_process';
import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Program } from '../support/product-process.js';

/**
 * The program as it was before events had scopes, lists had versions and jobs were written down. Made by
 * `git archive 6db2178 src modules migrations package.json .swcrc`, and kept here so that it runs where there is no history.
 */
const OLD = join(import.meta.dirname, 'old-program.tar.gz');
const TYPESCRIPT = pathToFileURL(join(import.meta.dirname, '../support/typescript.mjs')).href;
const entry = ['--conditions=source', '--import', TYPESCRIPT, 'src/main.ts'];

/** Today's program, from its source. */
export const newProgram: Program = { directory: process.cwd(), entry };

/** The old program, unpacked, on today's packages and pages. */
export async function oldProgram(directory: string): Promise<Program> {
  execFileSync('tar', ['-xzf', OLD, '-C', directory]);
  for (const name of ['node_modules', 'frontend']) await symlink(join(process.cwd(), name), join(directory, name));
  return { directory, entry };
}
