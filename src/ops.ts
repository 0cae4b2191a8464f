/** `npm run ops -- …`: what operators do to a running installation. */
import 'reflect-metadata';
import { readConfig } from '#platform/config/config.js';
import { readEnvFile } from '#platform/config/env-file.js';
import { StartProblem } from '#platform/config/start-problem.js';
import { runCommand } from '#platform/operations/operator-commands.js';
import { projections } from './app.module.js';
import { openOperated, OPERATOR_COMMANDS } from './operated.js';

const say = (line: string) => void process.stdout.write(`${line}\n`);

try {
  await readEnvFile('.env', process.env);
  const open = () => openOperated(readConfig(process.env), projections, say);
  process.exitCode = await runCommand(OPERATOR_COMMANDS, process.argv.slice(2), open, say);
} catch (error) {
  const said = error instanceof StartProblem ? error.message : ((error as Error).stack ?? String(error));
  process.stderr.write(`${said}\n`);
  process.exitCode = 1;
}
