import { ApiProblem, isAway, isForbidden, isGone, isSignedOut, Unreachable } from '../api/problem.js';
import { texts } from './texts.js';

export type FailureWords = { heading: string; way: string; reference: string | null; mayPass: boolean };

/** What went wrong while something was loaded: a heading, a way on, and whether trying again can help. */
export function describeFailure(failure: unknown): FailureWords {
  const { failure: words } = texts;
  const reference = failure instanceof ApiProblem ? ((failure.details['correlationId'] as string) ?? null) : null;
  const say = (heading: string, way: string, mayPass: boolean) => ({ heading, way, mayPass, reference: null });
  if (failure instanceof Unreachable) return say(words.offline, words.offlineWay, true);
  // Somebody answered: the line is fine.
  if (isAway(failure)) return say(words.unavailable, words.unavailableWay, true);
  if (isForbidden(failure)) return say(words.forbidden, words.forbiddenWay, false);
  if (isGone(failure) || isMisspelt(failure)) return say(words.gone, words.goneWay, false);
  return { heading: words.other, way: words.otherWay, mayPass: true, reference };
}

/** An address that cannot be one: to people it is the same as one that leads nowhere. */
const isMisspelt = (failure: unknown) => failure instanceof ApiProblem && failure.status === 400;

/**
 * What went wrong with a command, in a sentence. The server's own refusals already are sentences for people.
 * @param away what to say when no answer came: of a command nobody knows then whether it happened
 */
export function refusalWords(failure: unknown, away = texts.failure.commandAway): string {
  if (isAway(failure)) return away;
  if (isSignedOut(failure)) return texts.failure.signedOut;
  return failure instanceof ApiProblem && failure.status < 500 ? failure.message : texts.failure.unexpected;
}

/** What is wrong with one field of a form, as the server saw it. */
export function fieldError(failure: unknown, field: string): string | null {
  if (!(failure instanceof ApiProblem)) return null;
  const errors = failure.details['errors'] as { field: string; message: string }[] | undefined;
  return errors?.find((error) => error.field === field)?.message ?? null;
}
