import { discardRecording, startRecording, submitRecording } from '#modules/recording/domain/capture-decisions.js';
import { recordingRequest } from '#modules/recording/domain/recording-request.js';
import {
  given,
  requestId,
  turn,
  submission,
  requested,
  opened,
  consented,
  started,
  discarded,
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
