import { Refusal } from '#kernel/refusal.js';
import { StartProblem } from '#platform/config/start-problem.js';
import { Misuse, OperatorMistake } from '#platform/operations/operator-commands.js';

/** What the shell is told, as shells themselves tell it. */
const [NOT_DONE, NOT_UNDERSTOOD] = [1, 2];

/**
 * Ends a program that an operator started, with the exit code and, on the error output, a sentence. Only what nobody
 * foresaw is told with its stack.
 */
export async function endWith(run: Promise<void>): Promise<void> {
  process.stdout.on('error', ignoreClosedPipe);
  await run.catch((error: unknown) => {
    process.stderr.write(`${explain(error)}\n`);
    process.exitCode = error instanceof Misuse ? NOT_UNDERSTOOD : NOT_DONE;
  });
}

/** Whoever reads may have had enough (`| head`): what was asked for goes on all the same. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

/** Whether it was foreseen, and so ended what was begun before anything came of it. */
export function isPlain(error: unknown): boolean {
  return [StartProblem, Refusal, OperatorMistake].some((kind) => error instanceof kind);
}

/** @returns words for the person at the terminal */
export function explain(error: unknown): string {
  if (isPlain(error)) return error instanceof Refusal ? error.sentence : (error as Error).message;
  return (error as Error).stack ?? String(error);
}
