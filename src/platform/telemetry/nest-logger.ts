import type { LoggerService } from '@nestjs/common';
import type { Logger } from 'pino';
import { scrub } from './allow-list.js';
import { currentConversation } from './conversation.js';
import { Repetitions } from './repetitions.js';

type Level = 'info' | 'error' | 'warn' | 'debug' | 'trace' | 'fatal';

/** Nest's own account of how it puts itself together: two hundred lines at every start that nobody reads. */
const WIRING = new Set<unknown>(['InstanceLoader', 'RoutesResolver', 'RouterExplorer']);

/**
 * Lets Nest, and all of our code through Nest's `Logger`, write to pino. A message is a sentence, an `Error`, or
 * `{ msg, err?, …fields }`; the last argument is the component's name, as Nest passes it. Equal warnings and errors that
 * follow within seconds are one line with their `count`.
 */
export class NestLogger implements LoggerService {
  constructor(
    private readonly logger: Logger,
    private readonly repetitions = new Repetitions(),
  ) {}

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
    if (message instanceof Error) return this.tell(level, 'Unexpected failure', { ...fields, err: message });
    if (typeof message !== 'object' || message === null) return this.tell(level, scrub(String(message)), fields);
    const { msg, ...own } = message as { msg?: unknown };
    this.tell(level, scrub(String(msg ?? '')), { ...fields, ...own });
  }

  /** Troubles come in storms. What belongs to a conversation is one of them only if its reason is the same. */
  private tell(level: Level, msg: string, fields: Readonly<Record<string, unknown>>): void {
    const write = (count?: number) => this.logger[level]({ ...fields, ...(count && { count }) }, msg);
    const isTrouble = level === 'warn' || level === 'error';
    if (!isTrouble || (currentConversation() && !(fields.err instanceof Error))) return write();
    const line = JSON.stringify([level, fields.component, fields.workspaceId, msg, reasonsOf(fields.err)]);
    if (this.repetitions.isFirst(line, write)) write();
  }
}

const MOST_CAUSES = 4;

function reasonsOf(error: unknown, depth = 0): unknown[] {
  if (!(error instanceof Error) || depth > MOST_CAUSES) return [];
  const { name, message, code, cause } = error as Error & { code?: unknown };
  return [name, message, String(code), ...reasonsOf(cause, depth + 1)];
}
