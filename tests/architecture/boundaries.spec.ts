import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';

const run = promisify(execFile);
const { forbidden } = createRequire(import.meta.url)('../../.dependency-cruiser.cjs') as {
  forbidden: { name: string }[];
};

interface Cruised {
  readonly summary: {
    readonly violations: readonly { readonly rule: { readonly name: string }; readonly from: string }[];
  };
}

async function cruise(...paths: string[]): Promise<Cruised['summary']['violations']> {
  const args = [
    'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs',
    ...paths,
    '--config',
    '.dependency-cruiser.cjs',
    '--output-type',
    'json',
  ];
  const { stdout } = await run(process.execPath, args, { maxBuffer: 1e8 }).catch((error: { stdout: string }) => error);
  return (JSON.parse(stdout) as Cruised).summary.violations;
}

describe('the walls between contexts', () => {
  let planted: Set<string>;
  beforeAll(async () => {
    planted = new Set((await cruise('tests/architecture/violations')).map(({ rule }) => rule.name));
  });

  it.each(forbidden.map(({ name }) => name))('%s is seen red by its planted violation', (name) => {
    expect([...planted]).toContain(name);
  });

  it('stand in the product itself', async () => {
    expect(await cruise('src', 'modules')).toEqual([]);
  });
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
