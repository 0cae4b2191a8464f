import { execFile } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import ts from 'typescript';

const ROOT = resolve(import.meta.dirname, '../..');
const EVENT = resolve(ROOT, 'src/kernel/event.ts');
const handlers = globSync('modules/*/{projections,processors}/*.ts', { cwd: ROOT })
  .filter((file) => /\bhandlersOf\(/.test(readFileSync(resolve(ROOT, file), 'utf8')))
  .sort();

/** Files with a type error once the text of some others has been changed. */
function broken(files: readonly string[], changed: Readonly<Record<string, (text: string) => string>>): string[] {
  const { config } = ts.readConfigFile(resolve(ROOT, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, ROOT);
  const host = ts.createCompilerHost(options);
  const readFile = host.readFile.bind(host);
  host.readFile = (file) => changed[resolve(file)]?.(readFile(file)!) ?? readFile(file);
  const getSourceFile = host.getSourceFile.bind(host);
  host.getSourceFile = (file, language) =>
    resolve(file) in changed
      ? ts.createSourceFile(file, host.readFile(file)!, language)
      : getSourceFile(file, language);
  const program = ts.createProgram(
    files.map((file) => resolve(ROOT, file)),
    options,
    host,
  );
  return files.filter((file) => program.getSemanticDiagnostics(program.getSourceFile(resolve(ROOT, file))).length > 0);
}

/** As if somebody renamed each field of each event of the domain. */
function everyFieldRenamed(text: string): string {
  const renamed = text.replace(
    /readonly data: Data;/,
    'readonly data: { readonly [K in keyof Data & string as `renamed_${K}`]: Data[K] };',
  );
  expect(renamed).not.toBe(text);
  return renamed;
}

it('no handler of a projection or a processor compiles once the fields it reads are renamed', () => {
  expect(handlers.length).toBeGreaterThan(7);
  expect(broken(handlers, { [EVENT]: everyFieldRenamed })).toEqual(handlers);
}, 120_000);

const run = promisify(execFile);
const PLANTED = 'tests/architecture/violations/modules/alpha';

/** What a tool says of planted files; it fails because it finds something. */
async function found(...args: string[]): Promise<string> {
  return (await run(process.execPath, args).catch((error: { stdout: string }) => error)).stdout;
}

it("a subscription to another context's private stream is seen red", async () => {
  const tool = 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs';
  const options = ['--config', '.dependency-cruiser.cjs', '--output-type', 'err'];
  const said = await found(tool, `${PLANTED}/subscribes-to-neighbour.ts`, ...options);
  expect(said).toMatch(/contexts-meet-at-contracts: .*subscribes-to-neighbour\.ts/);
});

it('an event whose data is cast is seen red, and a transaction that nobody watches', async () => {
  const planted = ['casts-event', 'begins-by-itself'].map((name) => `${PLANTED}/${name}.ts`);
  const said = await found('node_modules/eslint/bin/eslint.js', '--no-ignore', ...planted);
  expect(said).toContain('What an event says is typed by its stream');
  expect(said).toContain('Begin it by transaction() of the Database');
});
