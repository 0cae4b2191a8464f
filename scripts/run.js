import { spawn } from 'node:child_process';

/** Runs a command with inherited output. Resolves with its exit code. */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: 'inherit', shell: process.platform === 'win32', ...options });
    child.on('error', () => resolve(127));
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

/** Runs named steps in order and stops at the first that fails, saying how long each took. */
export async function steps(list) {
  for (const [name, command, args, options] of list) {
    const begun = Date.now();
    console.log(`\n▸ ${name}`);
    const code = await run(command, args, options);
    const seconds = ((Date.now() - begun) / 1000).toFixed(1);
    console.log(`${code === 0 ? '✓' : '✗'} ${name} (${seconds} s)`);
    if (code !== 0) process.exit(code);
  }
}
