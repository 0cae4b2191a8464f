import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { OpenAPI3 } from 'openapi-typescript';
import { typesOf } from '../../scripts/api-client-types.js';
import { type ApiDocument, bare, partsOfApiPage, placeOf } from '../../scripts/api-page.js';
import { PASSWORD, WholeApp } from '../support/whole-app.js';

/** What integrators' own tools make of the API's description, and what docs/api.md promises them. */

const run = promisify(execFile);
const environment = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', CI: 'true' };
const node = (tool: string, ...options: string[]) =>
  run(process.execPath, [resolve('node_modules', tool), ...options], { cwd: directory, env: environment });

let app: WholeApp;
let directory: string;
let document: ApiDocument;
let page: string;
beforeAll(async () => {
  app = await WholeApp.start();
  directory = await mkdtemp(join(tmpdir(), 'screendesk-clients-'));
  await symlink(resolve('node_modules'), join(directory, 'node_modules'));
  document = (await app.stranger().get('/api/openapi.json').expect(200)).body as ApiDocument;
  await writeFile(join(directory, 'openapi.json'), JSON.stringify(document));
  await copyFile('tests/fixtures/media/vp8-opus.webm', join(directory, 'recording.webm'));
  page = await readFile('docs/api.md', 'utf8');
}, 90_000);
afterAll(async () => {
  await app?.stop();
  if (directory) await rm(directory, { recursive: true });
});

const codeOf = (language: string) =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, 'gms'))].map(([, code]) => code!);

const COMPILER = {
  compilerOptions: {
    ...{ strict: true, target: 'es2023', module: 'nodenext', moduleResolution: 'nodenext', skipLibCheck: true },
    ...{ lib: ['es2024', 'dom', 'dom.iterable'], types: ['node'], outDir: 'out', rootDir: '.' },
  },
  include: ['client', 'orval', 'types.ts', 'quick-start.ts'],
};

describe('the description', () => {
  it('leaves linters nothing to report', async () => {
    await writeFile(join(directory, 'spectral.yaml'), 'extends: ["spectral:oas"]\n');
    const spectral = ['lint', 'openapi.json', '-r', 'spectral.yaml', '--fail-severity', 'hint'];
    const redocly = ['lint', 'openapi.json', '--extends', 'recommended', '--format', 'json'];
    const [said, told] = await Promise.all([
      node('@stoplight/spectral-cli/dist/index.js', ...spectral),
      node('@redocly/cli/bin/cli.js', ...redocly),
    ]);
    expect(said.stdout).toContain('No results');
    expect((JSON.parse(told.stdout) as { totals: object }).totals).toEqual({ errors: 0, warnings: 0, ignored: 0 });
  }, 120_000);

  it('becomes typed clients by three generators, on one of which the quick start compiles without a cast and runs', async () => {
    const [quickStart] = codeOf('ts');
    expect(quickStart).not.toMatch(/\bas (?!const\b|wait\b)[\w{]|\bany\b|@ts-|\w!\W/);
    await Promise.all([
      node('@hey-api/openapi-ts/bin/run.js', '-i', 'openapi.json', '-o', 'client', '-c', '@hey-api/client-fetch'),
      node('orval/dist/bin/orval.js', '--input', 'openapi.json', '--output', './orval/zod.ts', '--client', 'zod'),
      node('orval/dist/bin/orval.js', '--input', 'openapi.json', '--output', './orval/fetch.ts', '--client', 'fetch'),
      writeFile(join(directory, 'types.ts'), await typesOf(document as unknown as OpenAPI3)),
      writeFile(join(directory, 'package.json'), '{ "type": "module" }'),
      writeFile(join(directory, 'tsconfig.json'), JSON.stringify(COMPILER)),
      writeFile(join(directory, 'quick-start.ts'), quickStart!),
    ]);
    await node('typescript/bin/tsc').catch((error: { stdout?: string }) => {
      throw new Error(error.stdout ?? String(error));
    });
    const acme = await app.workspace();
    const scopes = ['requests:read', 'requests:write', 'recordings:read', 'recordings:write'];
    const { body } = await acme.admin.post('api-keys', { name: 'Quick start', scopes }).expect(201);
    const env = { ...environment, BASE: app.url, KEY: body.key as string };
    const { stdout } = await run(process.execPath, ['out/quick-start.js'], { cwd: directory, env });
    expect(stdout).toMatch(/^[0-9a-f-]{36} sent\nReceived as [0-9A-F]{8}\n$/);
    expect((await readFile(join(directory, 'seekable.webm'))).length).toBeGreaterThan(1000);
  }, 240_000);
});

describe('docs/api.md', () => {
  it('says of codes, limits, lifetimes and lists what the code says (if not: scripts/describe-api.ts)', async () => {
    const parts = Object.entries(await partsOfApiPage(document));
    expect(parts.length).toBe(4);
    for (const [part, written] of parts) {
      const { start, end } = placeOf(page, part);
      expect({ part, says: bare(page.slice(start, end)) }).toEqual({ part, says: bare(written) });
    }
  });

  it('has a quick start that runs as it stands, command by command', async () => {
    const acme = await app.workspace();
    const { body } = await acme.admin.get('session').expect(200);
    const lines = codeOf('sh').join('\n').replace('BASE=http://localhost:3000', `BASE=${app.url}`);
    const script = lines
      .replace('EMAIL=admin@demo.example', `EMAIL=${body.member.email}`)
      .replace(/^PASSWORD=.*$/m, `PASSWORD='${PASSWORD}'`)
      .replace('--max-time 20', '--max-time 2');
    const { stdout } = await run('bash', ['-euo', 'pipefail', '-c', script], { cwd: directory, env: environment });
    expect(stdout).toContain('"status": "sent"');
    expect(stdout).toMatch(/^204$/m);
    expect(stdout).toContain('"processedBy": "mediabunny"');
    expect(stdout).toMatch(/^206$/m);
    expect(stdout).toContain('"code": "RECORDING_UNKNOWN"');
  }, 120_000);
});
