import 'reflect-metadata';
import { mkdir } from 'node:fs/promises';
import { Refusal } from '#kernel/refusal.js';
import { readConfig } from '#platform/config/config.js';
import { readEnvFile } from '#platform/config/env-file.js';
import { StartProblem } from '#platform/config/start-problem.js';
import { foundWorkspace, keepPassword } from './found-workspace.js';
import { readArguments } from './workspace-arguments.js';

/** `npm run workspace -- create …` */
async function run(): Promise<string> {
  const wanted = readArguments(process.argv.slice(2));
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

run().then(
  (said) => process.stdout.write(`${said}\n`),
  (error: unknown) => {
    const plain = error instanceof StartProblem || error instanceof Refusal;
    process.stderr.write(`${plain ? error.message : ((error as Error).stack ?? String(error))}\n`);
    process.exitCode = 1;
  },
);
