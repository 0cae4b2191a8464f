import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';

const run = promisify(execFile);

interface Side {
  readonly path?: string;
  readonly pathNot?: string | readonly string[];
}

interface Rule {
  readonly name: string;
  readonly from: Side;
  readonly to: Side;
}

interface Cruised {
  readonly modules: readonly { source: string; dependencies: readonly { resolved: string }[] }[];
  readonly summary: {
    readonly violations: readonly { readonly rule: { readonly name: string }; readonly from: string }[];
  };
}

const { forbidden } = createRequire(import.meta.url)('../../.dependency-cruiser.cjs') as { forbidden: Rule[] };
/** What `npm run check` looks at. */
const PRODUCT = ['src', 'modules', 'frontend/src'];

async function cruise(...paths: string[]): Promise<Cruised> {
  const tool = 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs';
  const args = [tool, ...paths, '--config', '.dependency-cruiser.cjs', '--output-type', 'json'];
  const { stdout } = await run(process.execPath, args, { maxBuffer: 1e8 }).catch((error: { stdout: string }) => error);
  return JSON.parse(stdout) as Cruised;
}

/** Whether one side of a rule speaks of this file. A group that the other side has named may be anything. */
function speaksOf({ path, pathNot = [] }: Side, file: string): boolean {
  const matches = (pattern: string) => new RegExp(pattern.replaceAll(/\$\d/g, '[^/]+')).test(file);
  return (path === undefined || matches(path)) && ![pathNot].flat().some(matches);
}

let product: Cruised;
let planted: Cruised;
beforeAll(async () => {
  [product, planted] = await Promise.all([cruise(...PRODUCT), cruise('tests/architecture/violations')]);
}, 60_000);

describe.each(forbidden)('$name', ({ name, from, to }) => {
  it('is seen red by its planted violation', () => {
    expect(planted.summary.violations.map(({ rule }) => rule.name)).toContain(name);
  });

  it('speaks of files that there are, on both sides', () => {
    const sources = product.modules.map(({ source }) => source);
    const targets = product.modules.flatMap(({ dependencies }) => dependencies.map(({ resolved }) => resolved));
    expect(sources.filter((file) => speaksOf(from, file))).not.toEqual([]);
    // What is forbidden is there for somebody: a rule about what nobody has any more would forbid nothing.
    expect(targets.filter((file) => speaksOf({ path: to.path }, file))).not.toEqual([]);
  });
});

it('the walls stand in the product itself', () => {
  expect(product.summary.violations).toEqual([]);
});

it('a clock in the domain is seen red', async () => {
  const file = 'tests/architecture/violations/modules/alpha/domain/impure.ts';
  const args = ['node_modules/eslint/bin/eslint.js', '--no-ignore', '--format', 'json', file];
  const { stdout } = await run(process.execPath, args).catch((error: { stdout: string }) => error);
  const rules = (JSON.parse(stdout) as { messages: { ruleId: string }[] }[]).flatMap(({ messages }) =>
    messages.map(({ ruleId }) => ruleId),
  );
  expect(rules).toContain('no-restricted-syntax');
});
