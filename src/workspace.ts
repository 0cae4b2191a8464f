import 'reflect-metadata';
import { rm, writeFile } from 'node:fs/promises';
import { readConfig } from '#platform/config/config.js';
import { readEnvFile } from '#platform/config/env-file.js';
import { endWith } from './command-line.js';
import { foundWorkspace, placeForPassword } from './found-workspace.js';
import { asksForHelp, readArguments, USAGE } from './workspace-arguments.js';

/** `npm run workspace -- create …` */
async function run(args: readonly string[]): Promise<string> {
  if (asksForHelp(args)) return USAGE;
  const wanted = readArguments(args);
  await readEnvFile('.env', process.env);
  const { dataDir, publicUrl } = readConfig(process.env);
  // Made before anything else: where it cannot be, nothing is founded whose password nobody would ever see.
  const place = process.stdout.isTTY ? null : await placeForPassword(dataDir, wanted.slug);
  const { email, password } = await foundWorkspace(wanted, process.env).catch(async (error: unknown) => {
    await letGo(place);
    throw error;
  });
  const told = `The workspace ${wanted.slug} is there. Its owner ${email} signs in at ${publicUrl}/login`;
  if (password === null) await letGo(place);
  if (password === null) return `${told} with the password they have.`;
  if (place === null) return `${told} with\n\n  ${password}\n\nand should choose another password then.`;
  await writeFile(place, `${email}\t${password}\n`);
  return `${told} with what is written in\n  ${place}`;
}

const letGo = async (place: string | null) => void (place && (await rm(place)));

await endWith(run(process.argv.slice(2)).then((said) => void process.stdout.write(`${said}\n`)));
