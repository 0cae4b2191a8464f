import type { Config } from '#platform/config/config.js';
import type { Database } from '#platform/database/database.js';
import type { EventStore } from '#platform/event-store/event-store.js';
import type { Projection } from '#platform/projections/projection.js';

/** What a command works on: the installation's own parts, beside the running product. */
export interface Operated {
  readonly config: Config;
  readonly database: Database;
  readonly store: EventStore;
  readonly projections: readonly Projection[];
  /** Writes a line for the person at the terminal. */
  say(line: string): void;
}

/** Something an operator may ask for: `npm run ops -- <name> …`. */
export interface OperatorCommand {
  /** The one word that follows the name; empty where none may. */
  readonly takes: string;
  readonly does: string;
  /** @throws OperatorMistake */
  run(on: Operated, args: readonly string[]): Promise<void>;
}

/** What was asked for cannot be done, in words for who asked. */
export class OperatorMistake extends Error {}

/** What was asked for is not understood: nothing was done. */
export class Misuse extends OperatorMistake {}

const ASKS_FOR_HELP = ['help', '--help', '-h'];

/**
 * Runs what was asked for; without a command, or asked for help, says what there is.
 * @throws OperatorMistake before anything is opened when it is not understood
 */
export async function runCommand(
  commands: Readonly<Record<string, OperatorCommand>>,
  [name, ...args]: readonly string[],
  open: () => Promise<Operated & { close(): Promise<void> }>,
  say: (line: string) => void,
): Promise<void> {
  if (name === undefined || [name, ...args].some((word) => ASKS_FOR_HELP.includes(word))) return say(usage(commands));
  const command = Object.hasOwn(commands, name) ? commands[name]! : null;
  if (!command) throw new Misuse(`There is no command "${name}".\n\n${usage(commands)}`);
  if (args.length > (command.takes ? 1 : 0))
    throw new Misuse(`${name} takes ${command.takes ? `one ${command.takes}` : 'nothing'}.\n\n${usage(commands)}`);
  const operated = await open();
  try {
    await command.run(operated, args);
  } finally {
    await operated.close();
  }
}

function usage(commands: Readonly<Record<string, OperatorCommand>>): string {
  const all = Object.entries(commands).map(([name, { takes, does }]) => [`${name} ${takes}`.trim(), does] as const);
  const width = Math.max(...all.map(([shape]) => shape.length));
  const lines = all.map(([shape, does]) => `  ${shape.padEnd(width)}  ${does}`);
  return ['npm run ops -- COMMAND, while the product runs or not:', '', ...lines].join('\n');
}
