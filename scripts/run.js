import { spawn } from 'node:child_process';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { setPriority, tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Runs a command with inherited output. Resolves with its exit code.
 * @param options as of `spawn` (`timeout` in milliseconds, after which it is told to end), and `niceness` from 0 to 19:
 *   how far it steps back behind what runs beside it
 */
export function run(command, args, { niceness = 0, ...options } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: 'inherit', shell: process.platform === 'win32', ...options });
    child.on('error', () => resolve(127));
    if (niceness > 0) child.on('spawn', () => setPriority(child.pid, niceness));
    child.on('exit', (code, signal) => {
      if (signal) console.error(`${command} was ended by ${signal}.`);
      resolve(code ?? 1);
    });
  });
}

/**
 * Runs named steps in order and stops at the first that fails, saying how long each took. Steps in a list of their own
 * run side by side; all of those are waited for, because one killed half-way would leave its servers behind.
 */
export async function steps(list) {
  for (const entry of list) {
    const [first, ...others] = Array.isArray(entry[0]) ? entry : [entry];
    const heard = runAloud(first);
    const codes = await Promise.all([heard, ...others.map((step) => runQuietly(step, heard))]);
    const failure = codes.find((code) => code !== 0);
    if (failure) process.exit(failure);
  }
}

async function runAloud([name, ...command]) {
  console.log(`\n▸ ${name}`);
  const { code, verdict } = await judge(name, run(...command));
  console.log(verdict);
  return code;
}

/** Says what there is to say in one go, once the step beside it has finished speaking. */
async function runQuietly([name, command, args, options], heard) {
  const folder = await mkdtemp(join(tmpdir(), 'screendesk-step-'));
  const words = await open(join(folder, 'words'), 'w');
  const stdio = ['ignore', words.fd, words.fd];
  const { code, verdict } = await judge(name, run(command, args, { ...options, stdio }));
  await words.close();
  const said = await readFile(join(folder, 'words'), 'utf8');
  await rm(folder, { recursive: true });
  await heard;
  console.log(`\n▸ ${name}\n${said}${verdict}`);
  return code;
}

async function judge(name, running) {
  const begun = Date.now();
  const code = await running;
  const seconds = ((Date.now() - begun) / 1000).toFixed(1);
  return { code, verdict: `${code === 0 ? '✓' : '✗'} ${name} (${seconds} s)` };
}
