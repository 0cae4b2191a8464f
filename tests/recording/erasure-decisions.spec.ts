import { arrive } from '#modules/recording/domain/customer-decisions.js';
import { beginErasure, endedUnanswered, noteRequestErased } from '#modules/recording/domain/erasure-decisions.js';
import { cancelRequest, expireRequest, remindCustomer } from '#modules/recording/domain/request-decisions.js';
import { recordingRequest, type RecordingRequestEvent } from '#modules/recording/domain/recording-request.js';
import {
  given,
  requestId,
  now,
  later,
  requested,
  opened,
  consented,
  started,
  submitted,
  cancelled,
  expired,
} from './request-history.js';

describe('the words of a request', () => {
  const after = (...history: RecordingRequestEvent[]) => given(recordingRequest, ...history).state;
  const proof = { removed: { events: { rows: 0, objects: 0, versions: 0, sealedParts: 1 } }, keyFingerprints: ['f'] };
  const erased: RecordingRequestEvent = { type: 'RecordingRequestErased', data: { requestId, ...proof } };
  const begun: RecordingRequestEvent = { type: 'RecordingRequestErasureBegun', data: { requestId } };
  const asked: RecordingRequestEvent = {
    type: 'RecordingLinkIssued',
    data: { requestId, link: 2, expiresAt: '2026-12-31T00:00:00.000Z' },
  };

  it.each([
    ['of a request that ran out', [requested, expired], later, true],
    ['of one whose end was not noted', [requested, opened], later, true],
    ['of a cancelled one', [requested, cancelled], now, true],
    ['of one that is open', [requested, opened], now, false],
    ['of one that was asked again', [requested, expired, asked], later, false],
    ['of one that is being recorded', [requested, opened, consented, started('a')], later, false],
    ['of one that was answered', [requested, opened, consented, started('a'), submitted], later, false],
    ['that are gone already', [requested, expired, erased], later, false],
    ['that never were', [], later, false],
  ] as const)('%s may go or not', (_, history, at, may) => expect(endedUnanswered(after(...history), at)).toBe(may));
  it('are doomed by an event of their own, unless the request was asked again before it', () => {
    const doom = (s: Parameters<typeof beginErasure>[0]) => beginErasure(s, requestId, later);
    given(recordingRequest, requested, expired).when(doom).then(begun);
    given(recordingRequest, requested, expired, asked).when(doom).then();
    given(recordingRequest, requested, expired, begun).when(doom).then();
  });
  it('once doomed, let nothing happen to the request any more but their end', () => {
    const doomed = given(recordingRequest, requested, begun);
    doomed.when((s) => remindCustomer(s, requestId, later.toISOString())).thenRefused('REQUEST_ERASED');
    doomed.when((s) => cancelRequest(s, requestId)).thenRefused('REQUEST_ERASED');
    doomed.when((s) => arrive(s, requestId, { link: 1, at: now })).thenRefused('LINK_EXPIRED');
    doomed.when((s) => expireRequest(s, requestId, later)).then();
    doomed.when((s) => noteRequestErased(s, requestId, proof)).then(erased);
  });
  it('are noted as gone once, whatever happened meanwhile', () => {
    given(recordingRequest, requested, expired, asked)
      .when((s) => noteRequestErased(s, requestId, proof))
      .then(erased);
    given(recordingRequest, requested, expired, erased)
      .when((s) => noteRequestErased(s, requestId, proof))
      .then();
  });
  it('once gone, take the request with them', () => {
    const gone = given(recordingRequest, requested, expired, asked, erased);
    gone.when((s) => arrive(s, requestId, { link: 2, at: now })).thenRefused('LINK_EXPIRED');
    gone.when((s) => remindCustomer(s, requestId, later.toISOString())).thenRefused('REQUEST_ERASED');
  });
});
