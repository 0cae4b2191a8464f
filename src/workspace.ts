import 'reflect-metadata';
import { readConfig } from '#platform/config/config.js';
import { readEnvFile } from '#platform/config/env-file.js';
import { endWith, isPlain } from './command-line.js';
import { foundWorkspace } from './found-workspace.js';
import { finish, keepPassword, type KeptPassword, letGo, passwordFiles } from './kept-password.js';
import { asksForHelp, readArguments, USAGE, type WantedWorkspace } from './workspace-arguments.js';

/** `npm run workspace -- create …` */
async function run(args: readonly string[]): Promise<void> {
  if (asksForHelp(args)) return say(USAGE);
  const wanted = readArguments(args);
  await readEnvFile('.env', process.env);
  const { dataDir, publicUrl } = readConfig(process.env);
  // Before anything else: wherever this is cut off, nothing is founded whose password nobody would ever see.
  const kept = await keepPassword(dataDir, wanted);
  const isTheirs = await foundWorkspace(wanted, kept.password, process.env).catch((error) => giveUp(error, kept));
  const told = `The workspace ${wanted.slug} is there. Its owner ${wanted.email} signs in at ${publicUrl}/login`;
  if (isTheirs && !process.stdout.isTTY) return say(`${told} with what is written in\n  ${await finish(kept)}`);
  if (isTheirs) say(`${told} with\n\n  ${kept.password}\n\nand should choose another password then.`);
  else say(`${told} with the password they have${await first(dataDir, wanted)}.`);
  await letGo(kept);
}

/**
 * What was refused founded nothing. Of all else, and of what an earlier run left, nobody knows how far it came: then the
 * password is still needed.
 */
async function giveUp(error: unknown, kept: KeptPassword): Promise<never> {
  if (!isPlain(error)) process.stderr.write('Do this once more: it goes on where this was cut off.\n');
  else if (!kept.isLeft) await letGo(kept);
  throw error;
}

const say = (words: string) => void process.stdout.write(`${words}\n`);

/** Where earlier runs wrote passwords of this owner, for whoever was not told. */
async function first(dataDir: string, wanted: WantedWorkspace): Promise<string> {
  const files = await passwordFiles(dataDir, wanted);
  return files.length > 0 ? `: unless they chose another, it is in ${files.join(' or ')}` : '';
}

await endWith(run(process.argv.slice(2)));
