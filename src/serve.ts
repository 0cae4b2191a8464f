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
  /** Resolves, if ever, with the reader of the log or of a queue that waits here for something that never comes. */
  readonly stuck: Promise<string>;
  /** Stops taking requests, finishes jobs and pages in hand, closes the cell. */
  stop(): Promise<void>;
}

/**
 * Starts the tiers that the cell's configuration names: web, worker, or both in this process. Serves, or closes
 * everything including the cell.
 * @param beforeListening what must be there before anybody can ask for it
 * @throws StartProblem when the port cannot be opened
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
    const background = app.get(Background);
    await background.prepare();
    await configureHttp(app);
    await app.init();
    running.adopt(background, () => background.stop());
    if (cell.config.runsWorker) await background.start();
    await beforeListening(app);
    if (cell.config.runsWeb) await listen(app, cell.config);
    return { app, stuck: background.stuck, stop: () => running.disposeAsync() };
  } catch (error) {
    await running.disposeAsync().catch(() => undefined); // why it does not serve is what matters
    throw error;
  }
}

/** Last of all: whoever is answered may rely on everything else. */
async function listen(app: NestExpressApplication, { values: { PORT, HOST } }: Config): Promise<void> {
  await app.listen(PORT, HOST).catch((error: Error & { code?: string }) => {
    throw WHY[error.code ?? '']?.(PORT, HOST) ?? error;
  });
}

const WHY: Readonly<Record<string, (port: number, host: string) => StartProblem>> = {
  EADDRINUSE: (port) => new StartProblem(`Port ${port} is in use. Stop what uses it, or set PORT to another one.`),
  EACCES: (port) => new StartProblem(`This user may not open port ${port}. Set PORT to one above 1023.`),
  EADDRNOTAVAIL: (_, host) =>
    new StartProblem(`This machine does not have the address ${host}. Set HOST to one it has.`),
};
