import { ImpersonalFailure } from '#kernel/impersonal-failure.js';

const LONGEST = 300;
const CODE = /^\w{2,40}$/;
const NAME = /^[\w$]{1,60}$/;
/** A line of a stack that is in our own code: the last `src/` or `modules/` of its path is where the product's begin. */
const OWN_FRAME = /^ +at .*\/((?:src|modules)\/[\w./-]+\.[jt]s:\d+)/;

/**
 * Why something failed, as it may be stored and shown to operators: the sentence of an {@link ImpersonalFailure}; of any
 * other error its kind, its code and where in the product it came up, for its words may be somebody's.
 */
export function failureReason(error: unknown): string {
  if (error instanceof ImpersonalFailure && error.kept) return error.kept.slice(0, LONGEST);
  if (!(error instanceof Error)) return 'something that is no error';
  const name = NAME.test(error.name) ? error.name : 'Error';
  const place = placeOf(error);
  return [name, codeOf(error), place && `at ${place}`].filter(Boolean).join(' ');
}

function codeOf(error: Error): string | undefined {
  const codes = [error, error.cause].map((one) => (one as { code?: unknown } | undefined)?.code);
  return codes.find((code): code is string => typeof code === 'string' && CODE.test(code));
}

function placeOf({ stack = '' }: Error): string | undefined {
  const frames = stack.split('\n').filter((line) => !line.includes('node_modules'));
  return frames.map((line) => OWN_FRAME.exec(line)?.[1]).find(Boolean);
}
