/** `npm run ops -- …`: what operators do to a running installation. */
import 'reflect-metadata';
import { readConfig } from '#platform/config/config.js';
import { readEnvFile } from '#platform/config/env-file.js';
import { runCommand } from '#platform/operations/operator-commands.js';
import { projections } from './app.module.js';
import { endWith } from './command-line.js';
import { openOperated, OPERATOR_COMMANDS } from './operated.js';

const say = (line: string) => void process.stdout.write(`${line}\n`);

async function open() {
  await readEnvFile('.env', process.env);
  return openOperated(readConfig(process.env), projections, say);
}

await endWith(runCommand(OPERATOR_COMMANDS, process.argv.slice(2), open, say));
