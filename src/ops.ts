/** `npm run ops -- …`: what operators do to a running installation. */
import 'reflect-metadata';
import { loadEnvFile } from 'node:process';
import { readConfig } from '#platform/config/config.js';
import { StartProblem } from '#platform/config/start-problem.js';
import { runCommand } from '#platform/operations/operator-commands.js';
import { projections } from './app.module.js';
import { openOperated, OPERATOR_COMMANDS } from './operated.js';

const say = (line: string) => void process.stdout.write(`${line}\n`);

try {
  loadEnvFile('.env');
} catch {
  // There need not be one.
}
try {
  const open = () => openOperated(readConfig(process.env), projections, say);
  process.exitCode = await runCommand(OPERATOR_COMMANDS, process.argv.slice(2), open, say);
} catch (error) {
  const said = error instanceof StartProblem ? error.message : ((error as Error).stack ?? String(error));
  process.stderr.write(`${said}\n`);
  process.exitCode = 1;
}
