import 'reflect-metadata';
import { mkdir } from 'node:fs/promises';
import { readConfig } from '#platform/config/config.js';
import { readEnvFile } from '#platform/config/env-file.js';
import { endWith } from './command-line.js';
import { foundWorkspace, keepPassword } from './found-workspace.js';
import { asksForHelp, readArguments, USAGE } from './workspace-arguments.js';

/** `npm run workspace -- create …` */
async function run(args: readonly string[]): Promise<string> {
  if (asksForHelp(args)) return USAGE;
  const wanted = readArguments(args);
  await readEnvFile('.env', process.env);
  const { dataDir, publicUrl } = readConfig(process.env);
  const { email, password } = await foundWorkspace(wanted, process.env);
  const told = `The workspace ${wanted.slug} is there. Its owner ${email} signs in at ${publicUrl}/login`;
  if (password === null) return `${told} with the password they have.`;
  const secret = `${email}\t${password}\n`;
  if (process.stdout.isTTY) return `${told} with\n\n  ${password}\n\nand should choose another password then.`;
  await mkdir(dataDir, { recursive: true });
  return `${told} with what is written in\n  ${await keepPassword(dataDir, wanted.slug, secret)}`;
}

await endWith(run(process.argv.slice(2)).then((said) => void process.stdout.write(`${said}\n`)));
