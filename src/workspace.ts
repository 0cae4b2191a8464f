import 'reflect-metadata';
import { rm } from 'node:fs/promises';
import { readConfig } from '#platform/config/config.js';
import { readEnvFile } from '#platform/config/env-file.js';
import { endWith, isPlain } from './command-line.js';
import { foundWorkspace } from './found-workspace.js';
import { keepPassword, newPassword, passwordFiles } from './kept-password.js';
import { asksForHelp, readArguments, USAGE, type WantedWorkspace } from './workspace-arguments.js';

/** `npm run workspace -- create …` */
async function run(args: readonly string[]): Promise<string> {
  if (asksForHelp(args)) return USAGE;
  const wanted = readArguments(args);
  await readEnvFile('.env', process.env);
  const { dataDir, publicUrl } = readConfig(process.env);
  const password = newPassword();
  // Kept before anything else: wherever this is cut off, nothing is founded whose password nobody would ever see.
  const kept = process.stdout.isTTY ? null : await keepPassword(dataDir, wanted, password);
  const founded = await foundWorkspace(wanted, password, process.env).catch((error: unknown) => giveUp(error, kept));
  const told = `The workspace ${wanted.slug} is there. Its owner ${wanted.email} signs in at ${publicUrl}/login`;
  if (!founded) {
    await letGo(kept);
    return `${told} with the password they have${await first(dataDir, wanted)}.`;
  }
  if (kept === null) return `${told} with\n\n  ${password}\n\nand should choose another password then.`;
  return `${told} with what is written in\n  ${kept}`;
}

/** What was refused founded nothing. Of all else nobody knows how far it came: then the password is still needed. */
async function giveUp(error: unknown, kept: string | null): Promise<never> {
  if (isPlain(error)) await letGo(kept);
  else if (kept)
    process.stderr.write(`Do this once more. Should the workspace be there by now, its password is in ${kept}\n`);
  throw error;
}

const letGo = async (kept: string | null) => void (kept && (await rm(kept)));

/** Where earlier runs wrote passwords of this owner, for whoever was not told. */
async function first(dataDir: string, wanted: WantedWorkspace): Promise<string> {
  const files = await passwordFiles(dataDir, wanted);
  return files.length > 0 ? `: unless they chose another, it is in ${files.join(' or ')}` : '';
}

await endWith(run(process.argv.slice(2)).then((said) => void process.stdout.write(`${said}\n`)));
