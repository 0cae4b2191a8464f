import type { LoggerService } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Config } from '#platform/config/config.js';
import { StartProblem } from '#platform/config/start-problem.js';
import { Background } from '#platform/consumers/background.js';
import { configureHttp, NEST_HTTP_OPTIONS } from '#platform/http/configure-http.js';
import { AppModule } from './app.module.js';
import type { Cell } from './cell.js';

/** A running process: what it serves and how it ends. */
export interface Served {
  readonly app: NestExpressApplication;
  /** Stops taking requests, finishes jobs and pages in hand, closes the cell. */
  stop(): Promise<void>;
}

/**
 * Starts the tiers that the cell's configuration names: web, worker, or both in this process. Serves, or closes
 * everything including the cell.
 * @param beforeListening what must be there before anybody can ask for it
 * @throws StartProblem when the port is taken
 */
export async function serve(
  cell: Cell,
  logger: LoggerService,
  beforeListening: (app: NestExpressApplication) => Promise<void> = async () => undefined,
): Promise<Served> {
  const running = new AsyncDisposableStack();
  running.adopt(cell, () => cell.close());
  try {
    const options = { ...NEST_HTTP_OPTIONS, logger, abortOnError: false };
    const app = await NestFactory.create<NestExpressApplication>(AppModule.of(cell), options);
    running.adopt(app, () => app.close());
    await begin(app, cell.config, running);
    await beforeListening(app);
    if (cell.config.runsWeb) await listen(app, cell.config);
    return { app, stop: () => running.disposeAsync() };
  } catch (error) {
    await running.disposeAsync().catch(() => undefined); // why it does not serve is what matters
    throw error;
  }
}

async function begin(app: NestExpressApplication, config: Config, running: AsyncDisposableStack): Promise<void> {
  const background = app.get(Background);
  await background.prepare();
  await configureHttp(app);
  await app.init();
  if (!config.runsWorker) return;
  running.adopt(background, () => background.stop());
  await background.start();
}

async function listen(app: NestExpressApplication, { values: { PORT, HOST } }: Config): Promise<void> {
  await app.listen(PORT, HOST).catch((error: Error & { code?: string }) => {
    if (error.code !== 'EADDRINUSE') throw error;
    throw new StartProblem(`Port ${PORT} is in use. Stop what uses it, or set PORT to another one.`);
  });
}
