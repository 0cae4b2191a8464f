import { pino, type DestinationStream, type Level, type Logger } from 'pino';
import { allowedFields, loggableError } from './allow-list.js';
import { currentConversation } from './conversation.js';

export type LogLevel = Extract<Level, 'debug' | 'info' | 'warn' | 'error'> | 'silent';

/**
 * JSON lines, one per occurrence. Fields pass an allow-list, so that a body, header, query or link code cannot be
 * logged even by mistake; `err` is reduced to what helps to find a bug.
 * @param destination where the lines go; standard output when absent
 */
export function createLogger(level: LogLevel, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    mixin: () => {
      const correlationId = currentConversation();
      return correlationId ? { correlationId } : {};
    },
    serializers: { err: (reduced: unknown) => reduced },
    formatters: { level: (label: string) => ({ level: label }), log: onlyAllowed },
  };
  return destination ? pino(options, destination) : pino(options);
}

function onlyAllowed(fields: Record<string, unknown>): Record<string, unknown> {
  const error = fields.err;
  return { ...allowedFields(fields), ...(error !== undefined && { err: loggableError(error) }) };
}
