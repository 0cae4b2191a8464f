import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const FLAGS = ['--conditions=source', '--import', './tests/support/typescript.mjs'];

/** Runs a writer beside this file, kills it once it has written so many lines, and returns its whole ones. */
export async function killWriter(entry: string, args: readonly string[], lines: number): Promise<string[]> {
  const child = spawn(process.execPath, [...FLAGS, join(import.meta.dirname, entry), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    if (output.split('\n').length > lines) child.kill('SIGKILL');
  });
  const [, signal] = await once(child, 'close');
  expect(signal).toBe('SIGKILL');
  return output.split('\n').slice(0, -1);
}
