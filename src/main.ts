import 'reflect-metadata';
import { readConfig } from '#platform/config/config.js';
import { readEnvFile } from '#platform/config/env-file.js';
import { StartProblem } from '#platform/config/start-problem.js';
import { createLogger } from '#platform/telemetry/logger.js';
import { NestLogger } from '#platform/telemetry/nest-logger.js';
import { openCell } from './cell.js';
import { explain } from './command-line.js';
import { makeDemoWorkspace, type DemoWorkspace } from './demo-workspace.js';
import { serve, type Served } from './serve.js';
import { sayReady } from './welcome.js';

/** Sooner than supervisors lose patience. */
const HARD_STOP_MS = 13_000;
const ORPHAN_LOOK_MS = 500;
/** Databases and storages that start with us, or are just being replaced, are there by then. */
const PARTS_MAY_TAKE_MS = 60_000;

async function start(stopping: AbortSignal): Promise<Served> {
  await readEnvFile('.env', process.env);
  const config = readConfig(process.env);
  const logger = new NestLogger(createLogger(config.values.LOG_LEVEL));
  const demo: { made?: DemoWorkspace | null } = {};
  const say = (line: string) => logger.warn(line, 'Start');
  const cell = await openCell(config, { stopping, patienceMs: PARTS_MAY_TAKE_MS, say });
  void cell.logWatch.lost.then((problem) => fail(problem));
  const served = await serve(cell, logger, async (app) => {
    stopping.throwIfAborted();
    if (config.runsWeb) demo.made = await makeDemoWorkspace(app, config);
  });
  // Where nobody is served by it: what starts it anew is whoever watches over it.
  if (!config.runsWeb) void served.stuck.then((name) => giveUp(served, new StartProblem(`${name} stands still.`)));
  sayReady(config, demo.made ?? null);
  await demo.made?.told().catch(() => undefined); // told twice is better than not served
  return served;
}

/**
 * Ctrl-C and the operator's stop end cleanly, during the start as well, which they call off; asked twice, or taking too
 * long, they end anyway: nothing acknowledged is lost.
 */
function stopOnSignal(starting: Promise<Served>, stopping: AbortController): void {
  const stop = () => {
    if (stopping.signal.aborted) process.exit(1);
    stopping.abort();
    setTimeout(() => process.exit(1), HARD_STOP_MS).unref();
    starting
      .then(
        (served) => served.stop(),
        () => undefined, // it has closed what it had opened
      )
      .then(
        () => process.exit(0),
        () => process.exit(1),
      );
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  if (process.env.npm_lifecycle_event) whenOrphaned(stop);
}

/** At once: nothing acknowledged is lost, and what would still be done might be wrong. */
function fail(error: unknown): never {
  process.stderr.write(`${explain(error)}\n`);
  process.exit(1);
}

/** What it has in hand it gives back, or another worker would take it for one that brings workers down. */
function giveUp(served: Served, problem: StartProblem): void {
  process.stderr.write(`${explain(problem)}\n`);
  setTimeout(() => process.exit(1), HARD_STOP_MS).unref();
  const end = () => process.exit(1);
  served.stop().then(end, end);
}

/** npm runs its scripts below a shell, and tells that one to stop; a shell does not pass it on, it only ends. */
function whenOrphaned(act: () => void): void {
  const parent = process.ppid;
  const look = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(look);
    act();
  }, ORPHAN_LOOK_MS).unref();
}

const stopping = new AbortController();
const starting = start(stopping.signal);
stopOnSignal(starting, stopping);
starting.catch((error: unknown) => {
  if (!stopping.signal.aborted) fail(error);
});
