import { describeFailure, fieldError, refusalWords } from '../../frontend/src/lib/agent/failures.js';
import { Intention } from '../../frontend/src/lib/api/intention.js';
import { isAway, problemFrom, Unreachable } from '../../frontend/src/lib/api/problem.js';

describe('answers that are no', () => {
  it('are read from problem documents', () => {
    const problem = problemFrom(429, { code: 'RATE_LIMITED', detail: 'Wait a little.', retryAfterSeconds: 40 });
    expect(problem).toMatchObject({ status: 429, code: 'RATE_LIMITED', message: 'Wait a little.', retryAfter: 40 });
  });
  it.each([null, 'a proxy’s page', 42, []])('are understood even when the body is %p', (body) =>
    expect(problemFrom(502, body)).toMatchObject({ status: 502, code: 'HTTP_502', retryAfter: null }),
  );
  it('believe the Retry-After header first, and no nonsense in it', () => {
    expect(problemFrom(429, { retryAfterSeconds: 40 }, '7').retryAfter).toBe(7);
    expect(problemFrom(429, null, 'Wed, 21 Oct 2026 07:28:00 GMT').retryAfter).toBeNull();
    expect(problemFrom(429, null, '-3').retryAfter).toBeNull();
  });
  it('that pass by themselves are told from those that do not', () => {
    expect([502, 503, 504].every((status) => isAway(problemFrom(status, null)))).toBe(true);
    expect(isAway(new Unreachable())).toBe(true);
    expect(isAway(problemFrom(500, null))).toBe(false);
  });
});

describe('words for people', () => {
  it.each([
    [new Unreachable(), 'Screendesk cannot be reached', true],
    [problemFrom(503, null), 'Screendesk is not available right now', true],
    [problemFrom(403, null), 'You may not see this', false],
    [problemFrom(404, null), 'This is not here', false],
    [problemFrom(400, null), 'This is not here', false],
    [problemFrom(500, null), 'This could not be loaded', true],
    [new TypeError('a fault of ours'), 'This could not be loaded', true],
  ])('for %p say "%s"', (failure, heading, mayPass) =>
    expect(describeFailure(failure)).toMatchObject({ heading, mayPass }),
  );

  it('blame no line that carried an answer, and promise what happens', () => {
    const said = [502, 503, 504].map((status) => describeFailure(problemFrom(status, null)).way);
    expect(new Set(said)).toEqual(new Set(['This page tries again by itself.']));
  });

  it('carry the reference of a fault, for the admin', () =>
    expect(describeFailure(problemFrom(500, { correlationId: 'c-1' })).reference).toBe('c-1'));

  it('pass on the server’s own sentence, but never the inside of a fault', () => {
    expect(refusalWords(problemFrom(409, { detail: 'The recording has already arrived.' }))).toBe(
      'The recording has already arrived.',
    );
    expect(refusalWords(problemFrom(500, { detail: 'relation "x" does not exist' }))).not.toContain('relation');
  });

  it('do not claim to know what became of a command whose answer was lost', () => {
    for (const lost of [new Unreachable(), problemFrom(502, { detail: 'Nothing was changed.' })]) {
      expect(refusalWords(lost)).toContain('may or may not have happened');
      expect(refusalWords(lost, 'Cannot be reached.')).toBe('Cannot be reached.');
    }
  });

  it('say in their own words that the session ended', () =>
    expect(refusalWords(problemFrom(401, { detail: 'Credentials are missing.' }))).toContain('Sign in again'));

  it('find what is wrong with a field', () => {
    const errors = [{ field: 'ticket.reference', message: 'too long' }];
    expect(fieldError(problemFrom(400, { errors }), 'ticket.reference')).toBe('too long');
    expect(fieldError(problemFrom(400, { errors }), 'message')).toBeNull();
    expect(fieldError(new Unreachable(), 'message')).toBeNull();
  });
});

it('keeps one name for what is meant while it is tried again, and takes another once that is changed', () => {
  const [first, second] = [new Intention(), new Intention()];
  const ada = { name: 'Ada', role: 'agent' };
  expect(first.keyOf({ ...ada })).toBe(first.keyOf(ada));
  expect(new Set([first.keyOf(ada), first.keyOf({ ...ada, role: 'admin' }), second.keyOf(ada)]).size).toBe(3);
});
