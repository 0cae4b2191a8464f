import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for one suite's files; it is removed afterwards. */
export function scratchFolder(): { readonly path: string; file(name: string, content: Buffer | string): string } {
  const path = mkdtempSync(join(tmpdir(), 'screendesk-media-test-'));
  afterAll(() => rmSync(path, { recursive: true, force: true }));
  return {
    path,
    file(name, content) {
      const file = join(path, name);
      writeFileSync(file, content);
      return file;
    },
  };
}

export const FIXTURES = join(import.meta.dirname, '../../fixtures/media');
/** Files of the kinds that people report against recorders, phones and players. */
export const CASES = join(import.meta.dirname, '../../fixtures/cases');
