import type { LoggerService } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
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
 * Starts the tiers that the cell's configuration names: web, worker, or both in this process.
 * @param beforeListening what must be there before anybody can ask for it
 */
export async function serve(
  cell: Cell,
  logger: LoggerService,
  beforeListening: (app: NestExpressApplication) => Promise<void> = async () => undefined,
): Promise<Served> {
  const { config } = cell;
  const app = await NestFactory.create<NestExpressApplication>(AppModule.of(cell), { ...NEST_HTTP_OPTIONS, logger });
  const background = app.get(Background);
  await background.prepare();
  await configureHttp(app);
  await app.init();
  if (config.runsWorker) await background.start();
  await beforeListening(app);
  if (config.runsWeb) await app.listen(config.values.PORT, config.values.HOST);
  const stop = async () => {
    if (config.runsWorker) await background.stop();
    await app.close();
    await cell.close();
  };
  return { app, stop };
}
