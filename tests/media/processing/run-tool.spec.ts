import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import { chooseMedia } from '../../../modules/media/processing/choose-media.js';
import type { MediaTools } from '../../../modules/media/processing/media-tools.js';
import { findSandbox } from '../../../modules/media/processing/sandbox/find-sandbox.js';
import { NoSandbox, type Sandbox } from '../../../modules/media/processing/sandbox/sandbox.js';
import { runTool, type ToolRun } from '../../../modules/media/processing/sandbox/run-tool.js';
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

it('takes a full disk for what it is, also where the tool ends as if all were well', async () => {
  const said = sh('echo "Error writing trailer of file:x: No space left on device" >&2');
  await expect(runTool(said)).rejects.toMatchObject({ code: 'ENOSPC' });
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
  const module = JSON.stringify(join(import.meta.dirname, '../../../modules/media/processing/sandbox/run-tool.ts'));
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

/** In place of ffmpeg: says what ffmpeg says of itself, and otherwise does what it is told in place of a picture. */
function standIn(script: string): string {
  const encoders = 'echo " libx264 libvpx-vp9 libvpx libopus aac mjpeg "';
  const choice = `case "$1" in -version) echo "ffmpeg version 9.9 here";; *-hide_banner) ${encoders};; *) false;; esac`;
  const folder = mkdtempSync(join(scratch.path, 'stand-in-'));
  chmodSync(folder, 0o755);
  const path = join(folder, 'ffmpeg');
  writeFileSync(path, `#!/bin/sh\n[ "$2" = -encoders ] || [ "$1" = -version ] && { ${choice}; exit; }\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

const HELD_BY = ['bubblewrap', 'other user'] as const;

describe.each(HELD_BY)('a tool that a file has taken over, held by %s', (by) => {
  /** As in an installation: keys and data of one owner, a folder for the temporary files of jobs in them. */
  const data = join(scratch.path, by.replace(' ', '-'));
  const [keys, jobs] = [join(data, 'keys.json'), join(data, 'tmp', 'media')];
  const [own, others] = [join(jobs, 'job-own'), join(jobs, 'job-others')];
  const input = join(own, 'original');
  const server = createServer((socket) => socket.end('reached'));
  let sandbox: Sandbox;

  beforeAll(async () => {
    mkdirSync(jobs, { recursive: true, mode: 0o700 });
    for (const folder of [own, others]) mkdirSync(folder, { mode: 0o700 });
    for (const path of [keys, join(others, 'original')]) writeFileSync(path, 'secret words', { mode: 0o600 });
    copyFileSync(join(FIXTURES, 'vp9-opus.webm'), input);
    chmodSync(input, 0o600);
    chmodSync(data, 0o711); // whoever keeps it closed has no use for other users
    chmodSync(scratch.path, 0o711);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    process.env.SECRET_OF_THE_SUITE = 'secret words';
    sandbox = await findSandbox(jobs, [by]);
  });

  afterAll(() => {
    delete process.env.SECRET_OF_THE_SUITE;
    server.close();
  });

  const takenOver = async (script: string): Promise<MediaTools> => (await chooseMedia(standIn(script), sandbox)).tools;
  /** What the script says in place of a picture. */
  const said = async (script: string): Promise<string> => {
    const tools = await takenOver(script);
    return (await tools.poster(await tools.inspect(input)))!.toString();
  };
  const port = () => (server.address() as AddressInfo).port;

  it('is held by nothing else', () => {
    expect(sandbox).toMatchObject({ holds: true });
    expect(sandbox.because).toContain(by === 'bubblewrap' ? 'bubblewrap' : 'users of their own');
  });

  it('still reads its input', async () => {
    expect(Number(await said(`wc -c < ${input}`))).toBe(readFileSync(input).length);
  });

  it.each([
    ['the keys', () => `cat ${keys}`],
    ['the files of another recording', () => `cat ${others}/original; ls ${jobs}`],
    ['our environment', () => `env; cat /proc/${process.pid}/environ; cat /proc/[0-9]*/environ`],
    ['our memory', () => `head -c 99 /proc/${process.pid}/mem; kill -0 ${process.pid} && echo secret`],
    ['the network', () => `exec 3<>/dev/tcp/127.0.0.1/${port()}; cat <&3`],
  ])('does not reach %s', async (_, script) => {
    const words = (await said(`bash -c '${script()}' 2>/dev/null; echo done`)).replaceAll('SECRET_OF', '');
    expect(words).toContain('done');
    expect(words).not.toMatch(/secret|reached|job-others|npm_lifecycle/);
  });

  it('changes nothing, neither its input nor anything else', async () => {
    const before = readFileSync(input);
    const places = [input, keys, join(jobs, 'new'), join(others, 'new'), join(others, 'original'), '/etc/new', '/new'];
    await said(`for place in ${places.join(' ')}; do echo spoilt > $place; rm -f $place; done 2>/dev/null; echo done`);
    expect(readFileSync(input)).toEqual(before);
    expect(['/etc/new', '/new', join(jobs, 'new'), join(others, 'new')].filter(existsSync)).toEqual([]);
    expect(readFileSync(keys, 'utf8') + readFileSync(join(others, 'original'), 'utf8')).not.toContain('spoilt');
  });

  it('makes us open nothing in place of what it should have made', async () => {
    const tools = await takenOver(`for last; do :; done; ln -sf ${join(others, 'original')} "\${last#file:}"`);
    const made = tools.makeSeekable(await tools.inspect(input), join(own, 'seekable'));
    await expect(made).rejects.toThrow('made no file');
    expect(existsSync(join(own, 'seekable'))).toBe(false);
  });

  it('does not go on behind our back', async () => {
    const mark = `screendesk-${basename(scratch.path)}-${by.length}`;
    await said(`setsid bash -c 'exec -a ${mark} sleep 1000' >/dev/null 2>&1 & echo done`);
    await eventually(() => expect(spawnSync('pgrep', ['-f', mark]).stdout.toString()).toBe(''));
  });
});

it('says so when nothing holds a tool', async () => {
  const sandbox = await findSandbox(scratch.path, []);
  expect(sandbox).toBeInstanceOf(NoSandbox);
  expect(sandbox.because).toMatch(/neither keys nor network are out of reach/);
});

it('ends a tool that fills the disk', async () => {
  const full = join(scratch.path, 'full');
  await expect(runTool(sh(`yes > ${full}`, { maxFileBytes: 1_000_000 }))).rejects.toBeInstanceOf(MediaFailed);
  expect(readFileSync(full).length).toBeLessThanOrEqual(1_000_448);
});
