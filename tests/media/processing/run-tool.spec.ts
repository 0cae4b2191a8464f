import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runTool, type ToolRun } from '../../../modules/media/processing/ffmpeg/run-tool.js';
import { MediaFailed } from '../../../modules/media/processing/media-errors.js';
import { eventually } from '../../support/eventually.js';
import { FIXTURES, scratchFolder } from './scratch.js';

const scratch = scratchFolder();

function sh(script: string, more: Partial<ToolRun> = {}): ToolRun {
  const limits = { timeoutMs: 20_000, maxOutputBytes: 1000 };
  return { step: 'test', command: '/bin/sh', args: ['-c', script], cwd: scratch.path, ...limits, ...more };
}

/** Two processes, parent and child, that write down who they are and would go on for ever. */
function endless(name: string): { script: string; pids(): Promise<number[]> } {
  const file = join(scratch.path, name);
  return {
    script: `sleep 1000 & echo "$$ $!" > ${file}.tmp; mv ${file}.tmp ${file}; wait`,
    pids: () => eventually(() => readFileSync(file, 'utf8').trim().split(' ').map(Number)),
  };
}

function expectGone(pids: number[]): Promise<void> {
  return eventually(() => expect(pids.filter(isAlive)).toEqual([]));
}

/** A zombie that nobody has collected yet counts as gone. */
function isAlive(pid: number): boolean {
  return existsSync(`/proc/${pid}`) && !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
}

it('returns what the tool says', async () => {
  expect((await runTool(sh('echo hello'))).toString()).toBe('hello\n');
});

it('hands over neither our environment nor our standard input', async () => {
  process.env.SECRET_OF_THE_SUITE = 'secret';
  expect((await runTool(sh('env; cat'))).toString()).not.toContain('secret');
  delete process.env.SECRET_OF_THE_SUITE;
});

it('runs at low priority', async () => {
  expect(Number((await runTool(sh('nice'))).toString())).toBeGreaterThanOrEqual(10);
});

it('says what a failing tool said last', async () => {
  await expect(runTool(sh('echo no such luck >&2; exit 7'))).rejects.toThrow(/test failed: exit 7: no such luck/);
});

it('fails when there is no such tool', async () => {
  await expect(runTool(sh('', { command: '/nowhere/tool' }))).rejects.toBeInstanceOf(MediaFailed);
});

it('ends a tool, and what it started, when time is up', async () => {
  const { script, pids } = endless('timeout');
  await expect(runTool(sh(script, { timeoutMs: 700 }))).rejects.toThrow(/no result after/);
  await expectGone(await pids());
});

it('ends them on abort, with the reason it was given', async () => {
  const { script, pids } = endless('abort');
  const controller = new AbortController();
  const running = runTool(sh(script, { signal: controller.signal }));
  const started = await pids();
  controller.abort(new Error('the worker stops'));
  await expect(running).rejects.toThrow('the worker stops');
  await expectGone(started);
});

it('ends a tool that talks too much', async () => {
  await expect(runTool(sh('yes'))).rejects.toThrow(/too much output/);
});

it('ends a tool that takes too much memory', async () => {
  const eater = 'Buffer.alloc(7 * 1024 ** 3)';
  await expect(runTool(sh('', { command: process.execPath, args: ['-e', eater] }))).rejects.toBeInstanceOf(MediaFailed);
});

it('leaves no watcher behind when the tool ends by itself', async () => {
  const group = Number((await runTool(sh('echo $$'))).toString());
  await eventually(() => expect(() => process.kill(-group, 0)).toThrow(/ESRCH/));
});

it('ends them when we are killed ourselves', async () => {
  const { script, pids } = endless('killed');
  const module = JSON.stringify(join(import.meta.dirname, '../../../modules/media/processing/ffmpeg/run-tool.ts'));
  const code = `const { runTool } = await import(${module}); await runTool(${JSON.stringify(sh(script))});`;
  const loader = ['--conditions=source', '--import', './tests/support/typescript.mjs', '--input-type=module'];
  const worker = spawn(process.execPath, [...loader, '-e', code], { stdio: ['ignore', 'ignore', 'inherit'] });
  const started = await pids();
  worker.kill('SIGKILL');
  await expectGone(started);
});

it('ends a real ffmpeg in the middle of its work', async () => {
  const controller = new AbortController();
  let reports = 0;
  const file = join(FIXTURES, 'vp9-opus.webm');
  const args = ['-v', 'error', '-progress', 'pipe:1', '-stats_period', '0.1', '-re', '-stream_loop', '-1', '-i', file];
  const onOutput = () => {
    reports += 1;
    if (reports === 3) controller.abort(new Error('enough'));
  };
  const run = { command: 'ffmpeg', args: [...args, '-f', 'null', '-'], onOutput, signal: controller.signal };
  await expect(runTool(sh('', run))).rejects.toThrow('enough');
});
