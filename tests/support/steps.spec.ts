import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

let meeting: string;
beforeEach(async () => void (meeting = await mkdtemp(join(tmpdir(), 'screendesk-meeting-'))));
afterEach(() => rm(meeting, { recursive: true, force: true }));

type Step = readonly [name: string, command: string, args: readonly string[]];

/** Runs a list of steps as `npm test` does. */
function runSteps(list: readonly (Step | readonly Step[])[]): Promise<{ code: number; said: string }> {
  const script = `import { steps } from './scripts/run.js'; await steps(${JSON.stringify(list)});`;
  return new Promise((resolve) => {
    const child = execFile(process.execPath, ['--input-type=module', '-e', script], (_, stdout) =>
      resolve({ code: child.exitCode!, said: stdout.replace(/\(.* s\)/g, '') }),
    );
  });
}

const node = (name: string, script: string): Step => [name, process.execPath, ['-e', script]];

/** A step that ends well only when another one is under way at the same time. */
function meets(name: string, other: string): Step {
  const [mine, theirs] = [name, other].map((one) => JSON.stringify(join(meeting, one)));
  return node(
    name,
    `const fs = require('fs'); console.log('${name} came'); fs.writeFileSync(${mine}, '');
     setTimeout(() => process.exit(9), 10_000);
     setInterval(() => { if (fs.existsSync(${theirs})) { console.log('${name} left'); process.exit(); } }, 10)`,
  );
}

it('runs what is listed together side by side, and lets one speak after the other', async () => {
  const { code, said } = await runSteps([[meets('one', 'two'), meets('two', 'one')], node('three', '')]);
  expect(code).toBe(0);
  const lines = said.split('\n').filter(Boolean);
  const told = (name: string) => [`▸ ${name}`, `${name} came`, `${name} left`, `✓ ${name} `];
  expect(lines).toEqual([...told('one'), ...told('two'), '▸ three', '✓ three ']);
});

it.each([
  ['first', [node('one', 'process.exit(3)'), node('two', '')]],
  ['second', [node('one', ''), node('two', 'process.exit(3)')]],
])('fails when the %s of two fails, and goes no further', async (_, pair) => {
  const { code, said } = await runSteps([pair, node('three', '')]);
  expect(code).toBe(3);
  expect(said).toContain('✗');
  expect(said).not.toContain('three');
});
