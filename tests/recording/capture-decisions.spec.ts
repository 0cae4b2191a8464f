import {
  discardRecording,
  mayBeKept,
  resumeRecording,
  settleAbandoned,
  startRecording,
  submitRecording,
} from '#modules/recording/domain/capture-decisions.js';
import { recordingRequest, type RecordingRequestEvent } from '#modules/recording/domain/recording-request.js';
import {
  given,
  requestId,
  turn,
  submission,
  requested,
  opened,
  consented,
  started,
  consent,
  discarded,
  left,
  submitted,
} from './request-history.js';

describe('recording', () => {
  it('needs consent first', () =>
    given(recordingRequest, requested, opened)
      .when((s) => startRecording(s, requestId, 'a', 'capture', turn))
      .thenRefused('CONSENT_MISSING'));
  it('starts once', () => {
    given(recordingRequest, requested, opened, consented)
      .when((s) => startRecording(s, requestId, 'a', 'capture', turn))
      .then(started('a'));
    given(recordingRequest, requested, opened, consented, started('a'))
      .when((s) => startRecording(s, requestId, 'a', 'capture', turn))
      .then();
  });
  it('does not come back after it was discarded', () =>
    given(recordingRequest, requested, opened, consented, started('a'), discarded('a'))
      .when((s) => startRecording(s, requestId, 'a', 'capture', turn))
      .thenRefused('RECORDING_DISCARDED'));
  it('is limited in how many lie open', () =>
    given(recordingRequest, requested, opened, consented, ...['a', 'b', 'c', 'd', 'e'].map(started))
      .when((s) => startRecording(s, requestId, 'f', 'capture', turn))
      .thenRefused('TOO_MANY_RECORDINGS'));
  it('may be sent after the link has run out', () =>
    given(recordingRequest, requested, opened, consented, started('a'))
      .when((s) => submitRecording(s, requestId, 'a', submission))
      .then(submitted));
  it('sent once is sent', () =>
    given(recordingRequest, requested, opened, consented, started('a'), submitted)
      .when((s) => submitRecording(s, requestId, 'a', submission))
      .then());
  it('sent beside another discards the other', () =>
    given(recordingRequest, requested, opened, consented, started('a'), started('b'))
      .when((s) => submitRecording(s, requestId, 'a', submission))
      .then(submitted, discarded('b', 'request-closed')));
  it('cannot be sent twice in two versions', () =>
    given(recordingRequest, requested, opened, consented, started('a'), submitted)
      .when((s) => submitRecording(s, requestId, 'b', submission))
      .thenRefused('LINK_USED'));
  it.each([[{ startMs: 3000, endMs: 3000 }], [{ startMs: 0, endMs: 60_000 }], [{ startMs: -1, endMs: 3 }]])(
    'refuses the trim %j',
    (trim) =>
      given(recordingRequest, requested, opened, consented, started('a'))
        .when((s) => submitRecording(s, requestId, 'a', { ...submission, trim }))
        .thenRefused('TRIM_INVALID'),
  );
  it('discarded leaves the request open for another try', () => {
    const after = given(recordingRequest, requested, opened, consented, started('a'), discarded('a'));
    expect(after.state).toMatchObject({ status: 'opened', open: [] });
    given(recordingRequest, requested, opened, consented, started('a'))
      .when((s) => discardRecording(s, requestId, 'a', 'customer'))
      .then(discarded('a'));
  });
});

describe('a recording whose customer is gone', () => {
  const begun = [requested, opened, consented, started('a')];
  const after = (...events: RecordingRequestEvent[]) =>
    events.reduce(recordingRequest.evolve, recordingRequest.initial) as Extract<
      ReturnType<typeof recordingRequest.evolve>,
      { options: unknown }
    >;
  const resumed: RecordingRequestEvent = { type: 'RecordingResumed', data: { requestId, recordingId: 'a' } };

  it('waits for them, which is said once', () => {
    given(recordingRequest, ...begun)
      .when((s) => settleAbandoned(s, requestId, 'a', 'waits'))
      .then(left('a'));
    given(recordingRequest, ...begun, left('a'))
      .when((s) => settleAbandoned(s, requestId, 'a', 'waits'))
      .then();
    given(recordingRequest, ...begun, discarded('a'))
      .when((s) => settleAbandoned(s, requestId, 'a', 'waits'))
      .then();
  });
  it('is no recording under way until they are back', () => {
    const statuses = [
      after(...begun, left('a')),
      after(...begun, left('a'), opened),
      after(...begun, left('a'), resumed),
    ];
    expect(statuses.map(({ status }) => status)).toEqual(['opened', 'opened', 'recording']);
    expect(after(...begun, started('b'), left('a')).status).toBe('recording');
    expect(after(...begun, started('b'), left('a'), discarded('b')).status).toBe('opened');
    expect(after(...begun, left('a'), submitted)).toMatchObject({ status: 'received', open: [], left: [] });
  });
  it('is resumed when it was left, and not otherwise', () => {
    given(recordingRequest, ...begun, left('a'))
      .when((s) => resumeRecording(s, requestId, 'a'))
      .then(resumed);
    given(recordingRequest, ...begun)
      .when((s) => resumeRecording(s, requestId, 'a'))
      .then();
  });
  it('is thrown away when it is forgotten', () =>
    given(recordingRequest, ...begun, left('a'))
      .when((s) => settleAbandoned(s, requestId, 'a', 'forgotten'))
      .then(discarded('a', 'abandoned')));
  it('is handed over when the workspace wants it and said so, or nobody noted what it said', () => {
    const told = (abandonedPolicy?: 'finalise' | 'discard') =>
      after(requested, opened, { type: 'CustomerConsented', data: { requestId, ...consent, abandonedPolicy } });
    const both = (['finalise', 'discard', undefined] as const).flatMap((then) =>
      (['finalise', 'discard'] as const).map((now) => mayBeKept(told(then), now)),
    );
    expect(both).toEqual([true, false, false, false, true, false]);
  });
});
