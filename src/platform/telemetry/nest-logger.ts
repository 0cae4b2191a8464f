import type { LoggerService } from '@nestjs/common';
import type { Logger } from 'pino';
import { scrub } from './allow-list.js';

type Level = 'info' | 'error' | 'warn' | 'debug' | 'trace' | 'fatal';

/** Nest's own account of how it puts itself together: two hundred lines at every start that nobody reads. */
const WIRING = new Set<unknown>(['InstanceLoader', 'RoutesResolver', 'RouterExplorer']);

/**
 * Lets Nest, and all of our code through Nest's `Logger`, write to pino. A message is a sentence, an `Error`, or
 * `{ msg, err?, …fields }`; the last argument is the component's name, as Nest passes it.
 */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.write(WIRING.has(rest.at(-1)) ? 'debug' : 'info', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }

  private write(level: Level, message: unknown, rest: unknown[]): void {
    const component = typeof rest.at(-1) === 'string' ? rest.at(-1) : undefined;
    const err = rest.find((one) => one instanceof Error);
    const fields = { component, ...(err !== undefined && { err }) };
    if (message instanceof Error) return this.logger[level]({ ...fields, err: message }, 'Unexpected failure');
    if (typeof message !== 'object' || message === null) return this.logger[level](fields, scrub(String(message)));
    const { msg, ...own } = message as { msg?: unknown };
    this.logger[level]({ ...fields, ...own }, scrub(String(msg ?? '')));
  }
}
