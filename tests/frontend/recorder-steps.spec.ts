import { advance, type Happening, type Step, type StepName } from '../../frontend/src/lib/recorder/steps.js';

const opening: Step = { at: 'opening' };
const opened: Happening = { type: 'opened', lack: null, unfinished: false };
const receipt = { reference: 'SD-1', receivedAt: '2026-01-01T00:00:00Z' };
const tick: Happening = { type: 'ticked' };

const after = (...happenings: Happening[]) => happenings.reduce(advance, opening);
const recording = [opened, { type: 'started' }, { type: 'picked' }, { type: 'captured' }, tick, tick, tick] as const;

it('leads from the link to the receipt in seven steps', () => {
  const path: Happening[] = [
    ...recording,
    { type: 'stopped', because: 'pressed' },
    { type: 'finished', empty: false },
    { type: 'sent' },
    { type: 'received', receipt },
  ];
  const seen: StepName[] = [];
  path.reduce<Step>((step, happening) => {
    const next = advance(step, happening);
    if (next.at !== seen.at(-1)) seen.push(next.at);
    return next;
  }, opening);
  expect(seen).toEqual([
    'welcome',
    'setup',
    'picking',
    'countdown',
    'recording',
    'finishing',
    'review',
    'sending',
    'done',
  ]);
});

it('keeps a no over a reload, until the customer thinks better of it', () => {
  const reloaded = after({ ...opened, declined: true });
  expect(reloaded).toEqual({ at: 'declined', told: true });
  expect(advance(reloaded, { type: 'reconsidered', lack: null })).toEqual({ at: 'welcome' });
});

it('counts three, two, one and then records', () => {
  expect(after(...recording.slice(0, 4))).toEqual({ at: 'countdown', left: 3 });
  expect(after(...recording.slice(0, 5))).toEqual({ at: 'countdown', left: 2 });
  expect(after(...recording.slice(0, 6))).toEqual({ at: 'countdown', left: 1 });
  expect(after(...recording)).toEqual({ at: 'recording', paused: false });
});

it('ignores a tick that comes after Esc', () => {
  const cancelled = after(...recording.slice(0, 5), { type: 'cancelled' });
  expect(cancelled).toEqual({ at: 'setup', problem: null });
  expect(advance(cancelled, tick)).toBe(cancelled);
});

it('keeps the first reason when sharing ends after Stop was pressed', () => {
  const step = after(
    ...recording,
    { type: 'stopped', because: 'pressed' },
    { type: 'stopped', because: 'sharing_ended' },
  );
  expect(step).toEqual({ at: 'finishing', because: 'pressed' });
});

it('goes back to the set-up, and says why, when sharing was refused or ended during the countdown', () => {
  expect(
    after(opened, { type: 'started' }, { type: 'picked' }, { type: 'refused', problem: 'blocked_by_system' }),
  ).toEqual({ at: 'setup', problem: 'blocked_by_system' });
  expect(after(...recording.slice(0, 5), { type: 'refused', problem: 'dismissed' })).toEqual({
    at: 'setup',
    problem: 'dismissed',
  });
});

it('offers an unfinished recording before anything else, also where no new one can be made', () => {
  expect(after({ type: 'opened', lack: 'no-display-capture', unfinished: true })).toEqual({ at: 'recovery' });
  expect(after({ type: 'opened', lack: null, unfinished: true }, { type: 'recovered' })).toEqual({
    at: 'review',
    because: 'recovered',
    problem: null,
  });
});

it('goes back to the set-up when Stop came before the first picture', () => {
  expect(after(...recording, { type: 'stopped', because: 'pressed' }, { type: 'finished', empty: true })).toEqual({
    at: 'setup',
    problem: 'too_short',
  });
});

it('goes back to the set-up when the browser has recorded nothing', () => {
  const nothing = after(
    ...recording,
    { type: 'stopped', because: 'recorder_failed' },
    { type: 'finished', empty: true },
  );
  expect(nothing).toEqual({ at: 'setup', problem: 'nothing_recorded' });
});

it('does not call too short what ended before its first picture because others lie open', () => {
  const crowded = after(...recording, { type: 'stopped', because: 'crowded' }, { type: 'finished', empty: true });
  expect(crowded).toEqual({ at: 'setup', problem: 'crowded' });
});

it('keeps the recording in the review when sending fails, with the reason', () => {
  const step = after(
    ...recording,
    { type: 'stopped', because: 'time_over' },
    { type: 'finished', empty: false },
    { type: 'sent' },
    {
      type: 'unsent',
      problem: 'refused',
    },
  );
  expect(step).toEqual({ at: 'review', because: 'time_over', problem: 'refused' });
});

it('offers nothing else once a deletion is confirmed, and the recording again when it failed', () => {
  const review: Step = { at: 'review', because: 'time_over', problem: null };
  const deleting = advance(review, { type: 'deletion_confirmed' });
  expect(deleting).toEqual({ at: 'deleting', because: 'time_over' });
  for (const happening of [{ type: 'sent' }, { type: 'deletion_confirmed' }] as const)
    expect(advance(deleting, happening)).toBe(deleting);
  expect(advance(deleting, { type: 'discarded' })).toEqual({ at: 'discarded' });
  expect(advance(deleting, { type: 'recording_again' })).toEqual({ at: 'setup', problem: null });
  expect(advance(deleting, { type: 'undeleted', problem: 'not_deleted' })).toEqual({
    ...review,
    problem: 'not_deleted',
  });
  for (const end of [{ type: 'discarded' }, { type: 'recording_again' }] as const)
    expect(advance({ at: 'sending', because: 'pressed' }, end)).toEqual({ at: 'sending', because: 'pressed' });
});

it('never takes back a receipt or a refusal because of later news about the link', () => {
  for (const end of [{ at: 'done', receipt }, { at: 'discarded' }, { at: 'declined', told: true }] as const)
    expect(advance(end, { type: 'shut', because: 'expired' })).toBe(end);
});

it('says that a no was heard when it was, and what else has become of the link when it was not', () => {
  const untold = advance({ at: 'welcome' }, { type: 'declined' });
  expect(untold).toEqual({ at: 'declined', told: false });
  expect(advance(untold, { type: 'told' })).toEqual({ at: 'declined', told: true });
  expect(advance(untold, { type: 'shut', because: 'cancelled' })).toMatchObject({ at: 'closed', because: 'cancelled' });
  expect(advance({ at: 'welcome' }, { type: 'told' })).toEqual({ at: 'welcome' });
});

it('shows what a used link was used for', () => {
  expect(after({ type: 'shut', because: 'used', receipt })).toEqual({ at: 'closed', because: 'used', receipt });
});

it('returns the very same step for whatever does not fit it', () => {
  const happenings: Happening[] = [
    { type: 'started' },
    { type: 'picked' },
    { type: 'captured' },
    tick,
    { type: 'cancelled' },
    { type: 'paused' },
    { type: 'resumed' },
    { type: 'stopped', because: 'pressed' },
    { type: 'finished', empty: false },
    { type: 'recovered' },
    { type: 'file_chosen' },
    { type: 'deletion_confirmed' },
    { type: 'undeleted', problem: 'not_deleted' },
    { type: 'recording_again' },
    { type: 'sent' },
    { type: 'unsent', problem: 'refused' },
    { type: 'received', receipt },
    { type: 'discarded' },
    { type: 'retried' },
    { type: 'declined' },
    { type: 'reconsidered', lack: null },
    { type: 'refused', problem: 'unknown' },
  ];
  for (const happening of happenings) expect(advance(opening, happening)).toBe(opening);
});
