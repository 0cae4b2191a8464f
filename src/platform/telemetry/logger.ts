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
  return pino(options, destination ?? standardOutput());
}

const WAITING_BYTES = 1_048_576;

/**
 * Where a full disk takes no more lines, some wait for the next one that it takes, and the process goes on. At its end
 * the library would try for ever to be rid of them.
 */
function standardOutput(): DestinationStream {
  const output = pino.destination({ fd: process.stdout.fd, sync: false, maxLength: WAITING_BYTES });
  output.on('error', () => (output.flushSync = () => undefined));
  return output;
}

function onlyAllowed(fields: Record<string, unknown>): Record<string, unknown> {
  const error = fields.err;
  return { ...allowedFields(fields), ...(error !== undefined && { err: loggableError(error) }) };
}
