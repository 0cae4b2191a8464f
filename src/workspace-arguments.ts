import { parseArgs } from 'node:util';
import { isEmail } from 'class-validator';
import { Misuse } from '#platform/operations/operator-commands.js';

/** A workspace as an operator asks for it. */
export interface WantedWorkspace {
  readonly slug: string;
  readonly name: string;
  readonly region: string;
  readonly email: string;
  /** The owner's name. */
  readonly owner: string;
}

export const USAGE = `Founds a workspace:

  npm run workspace -- create --slug acme --name "Acme Ltd" --email ada@acme.example

  --slug    its short name: 2 to 40 lower-case letters, digits and hyphens
  --name    its name, which customers see
  --email   the e-mail address of its owner
  --owner   the owner's name (default: Owner)
  --region  where its data live (default: local)

The owner's first password goes to the terminal, or into a file that only you can read if this is not one.`;

const ONE_LINE = /^[^\p{Cc}]{1,80}$/u;
const RULES: Readonly<Record<keyof WantedWorkspace, [fits: (value: string) => boolean, what: string]>> = {
  slug: [(value) => /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])$/.test(value), '2 to 40 lower-case letters, digits, hyphens'],
  name: [(value) => ONE_LINE.test(value), 'one line of at most 80 characters'],
  region: [(value) => /^[a-z0-9-]{2,20}$/.test(value), '2 to 20 lower-case letters, digits, hyphens'],
  email: [(value) => isEmail(value) && value.length <= 254, 'an e-mail address'],
  owner: [(value) => ONE_LINE.test(value), 'one line of at most 80 characters'],
};

const text = { type: 'string' } as const;

export const asksForHelp = (args: readonly string[]): boolean =>
  args[0] === 'help' || args.includes('--help') || args.includes('-h');

/** @throws Misuse that says what is wrong and how it is used */
export function readArguments(args: readonly string[]): WantedWorkspace {
  const { positionals, values } = parsed(args);
  if (positionals.length !== 1 || positionals[0] !== 'create') throw new Misuse(USAGE);
  const wanted = { region: 'local', owner: 'Owner', slug: '', name: '', email: '', ...values };
  const names = Object.keys(RULES) as (keyof WantedWorkspace)[];
  const wrong = names.filter((name) => !RULES[name][0](wanted[name]));
  if (wrong.length === 0) return wanted;
  throw new Misuse(wrong.map((name) => `--${name} must be ${RULES[name][1]}`).join('\n') + `\n\n${USAGE}`);
}

function parsed(args: readonly string[]) {
  try {
    const options = { slug: text, name: text, region: text, email: text, owner: text };
    return parseArgs({ args: [...args], allowPositionals: true, options });
  } catch (error) {
    throw new Misuse(`${(error as Error).message}\n\n${USAGE}`);
  }
}
