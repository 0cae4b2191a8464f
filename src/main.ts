import 'reflect-metadata';
import { loadEnvFile } from 'node:process';
import { readConfig } from '#platform/config/config.js';
import { StartProblem } from '#platform/config/start-problem.js';
import { createLogger } from '#platform/telemetry/logger.js';
import { NestLogger } from '#platform/telemetry/nest-logger.js';
import { openCell } from './cell.js';
import { makeDemoWorkspace, type DemoWorkspace } from './demo-workspace.js';
import { serve, type Served } from './serve.js';
import { sayReady } from './welcome.js';

const HARD_STOP_MS = 30_000;

async function start(): Promise<Served> {
  try {
    loadEnvFile('.env');
  } catch {
    // There need not be one.
  }
  const config = readConfig(process.env);
  const logger = new NestLogger(createLogger(config.values.LOG_LEVEL));
  const demo: { made?: DemoWorkspace | null } = {};
  const served = await serve(await openCell(config), logger, async (app) => {
    if (config.runsWeb) demo.made = await makeDemoWorkspace(app, config);
  });
  sayReady(config, demo.made ?? null);
  await demo.made?.told().catch(() => undefined); // told twice is better than not served
  return served;
}

/**
 * Ctrl-C and the operator's stop end cleanly, during the start as well; asked twice, or taking too long, they end
 * anyway: nothing acknowledged is lost.
 */
function stopOnSignal(starting: Promise<Served>): void {
  let stopping = false;
  const stop = () => {
    if (stopping) process.exit(1);
    stopping = true;
    setTimeout(() => process.exit(1), HARD_STOP_MS).unref();
    starting
      .then((served) => served.stop())
      .then(
        () => process.exit(0),
        () => process.exit(1),
      );
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
}

const starting = start();
stopOnSignal(starting);
starting.catch((error: unknown) => {
  const said = error instanceof StartProblem ? error.message : ((error as Error).stack ?? String(error));
  process.stderr.write(`${said}\n`);
  process.exit(1);
});
