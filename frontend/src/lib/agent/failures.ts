import { ApiProblem, isAway, isForbidden, isGone } from '../api/problem.js';
import { texts } from './texts.js';

/** What went wrong while something was loaded, as a heading and a way on. */
export function describeFailure(failure: unknown): { heading: string; way: string; reference: string | null } {
  const { failure: words } = texts;
  const reference = failure instanceof ApiProblem ? ((failure.details['correlationId'] as string) ?? null) : null;
  if (isAway(failure)) return { heading: words.offline, way: words.offlineWay, reference: null };
  if (isForbidden(failure)) return { heading: words.forbidden, way: words.forbiddenWay, reference: null };
  if (isGone(failure)) return { heading: words.gone, way: words.goneWay, reference: null };
  return { heading: words.other, way: words.otherWay, reference };
}

/** Why a command did not happen, in a sentence. The server's own refusals already are sentences for people. */
export function refusalWords(failure: unknown): string {
  if (isAway(failure)) return texts.failure.commandAway;
  return failure instanceof ApiProblem && failure.status < 500 ? failure.message : texts.failure.unexpected;
}

/** What is wrong with one field of a form, as the server saw it. */
export function fieldError(failure: unknown, field: string): string | null {
  if (!(failure instanceof ApiProblem)) return null;
  const errors = failure.details['errors'] as { field: string; message: string }[] | undefined;
  return errors?.find((error) => error.field === field)?.message ?? null;
}
