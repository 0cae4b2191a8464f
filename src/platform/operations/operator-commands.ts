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
  /** What follows the name. */
  readonly takes: string;
  readonly does: string;
  /** @throws OperatorMistake */
  run(on: Operated, args: readonly string[]): Promise<void>;
}

/** What was asked for cannot be done, in words for who asked. */
export class OperatorMistake extends Error {}

/** Runs what was asked for; without a command, or with an unknown one, says what there is. @returns the exit code */
export async function runCommand(
  commands: Readonly<Record<string, OperatorCommand>>,
  [name, ...args]: readonly string[],
  open: () => Promise<Operated & { close(): Promise<void> }>,
  say: (line: string) => void,
): Promise<number> {
  const command = name ? commands[name] : undefined;
  if (!command) {
    for (const line of help(commands, name)) say(line);
    return name && name !== 'help' ? 1 : 0;
  }
  const operated = await open();
  try {
    await command.run(operated, args);
    return 0;
  } catch (error) {
    if (!(error instanceof OperatorMistake)) throw error;
    say(error.message);
    return 1;
  } finally {
    await operated.close();
  }
}

function help(commands: Readonly<Record<string, OperatorCommand>>, asked?: string): string[] {
  const usage = Object.entries(commands).map(([name, { takes, does }]) => [`${name} ${takes}`.trim(), does] as const);
  const width = Math.max(...usage.map(([shape]) => shape.length));
  const unknown = asked && asked !== 'help' ? [`There is no command "${asked}".`, ''] : [];
  return [
    ...unknown,
    'npm run ops -- COMMAND, while the product runs or not:',
    '',
    ...usage.map(([shape, does]) => `  ${shape.padEnd(width)}  ${does}`),
  ];
}
