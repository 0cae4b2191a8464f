import { startRecording, submitRecording } from '#modules/recording/domain/capture-decisions.js';
import {
  declineRequest,
  giveConsent,
  arrive,
  openLink,
  reportUnsupported,
} from '#modules/recording/domain/customer-decisions.js';
import { recordingRequest, type RecordingRequestEvent } from '#modules/recording/domain/recording-request.js';
import {
  given,
  requestId,
  now,
  turn,
  later,
  input,
  consent,
  submission,
  requested,
  opened,
  consented,
  started,
  discarded,
  submitted,
  cancelled,
  expired,
} from './request-history.js';

describe('the link', () => {
  it('opens once as news', () =>
    given(recordingRequest, requested)
      .when((s) => arrive(s, requestId, { link: 1, at: now }))
      .then(opened));
  it('opens again without news', () =>
    given(recordingRequest, requested, opened)
      .when((s) => arrive(s, requestId, { link: 1, at: now }))
      .then());
  it('is a newer one after a reminder', () =>
    given(recordingRequest, requested, {
      type: 'RecordingLinkIssued',
      data: { requestId, link: 2, expiresAt: input.expiresAt },
    })
      .when((s) => (openLink(s, turn), []))
      .thenRefused('LINK_REPLACED'));
  it.each([
    ['LINK_EXPIRED', [requested], later],
    ['LINK_EXPIRED', [requested, expired], now],
    ['LINK_CANCELLED', [requested, cancelled], now],
    ['LINK_USED', [requested, opened, consented, started('a'), submitted], now],
    ['REQUEST_UNKNOWN', [], now],
  ] as const)('says %s where that is so', (code, history, at) =>
    given(recordingRequest, ...history)
      .when((s) => arrive(s, requestId, { link: 1, at }))
      .thenRefused(code),
  );
  it('is a receipt once the recording was received', () =>
    given(recordingRequest, requested, opened, consented, started('a'), submitted)
      .when((s) => arrive(s, requestId, { link: 1, at: now }))
      .thenRefused('LINK_USED', { receivedAt: now.toISOString(), reference: 'A' }));
  it('still opens when the time is up while a recording is on its way', () =>
    given(recordingRequest, requested, opened, consented, started('a'))
      .when((s) => arrive(s, requestId, { link: 1, at: later }))
      .then());
  it('opens again after an unsuitable browser, and leaves a no as it is until they agree', () => {
    const declined: RecordingRequestEvent = { type: 'RecordingDeclined', data: { requestId, reason: undefined } };
    const unsupported: RecordingRequestEvent = {
      type: 'RecorderUnsupported',
      data: { requestId, reason: 'no-recorder' },
    };
    given(recordingRequest, requested, opened, unsupported)
      .when((s) => arrive(s, requestId, turn))
      .then(opened);
    const refused = given(recordingRequest, requested, opened, declined);
    refused.when((s) => arrive(s, requestId, turn)).then();
    refused.when((s) => giveConsent(s, requestId, consent, turn)).then(consented);
    expect(given(recordingRequest, requested, opened, declined, consented).state.status).toBe('opened');
  });
  it('says that somebody is there by whatever they do first', () => {
    const sent = given(recordingRequest, requested);
    sent.when((s) => giveConsent(s, requestId, consent, turn)).then(opened, consented);
    sent
      .when((s) => declineRequest(s, requestId, undefined, turn))
      .then(opened, { type: 'RecordingDeclined', data: { requestId, reason: undefined } });
  });
});

describe('a link that was replaced', () => {
  const reminded: RecordingRequestEvent = {
    type: 'RecordingLinkIssued',
    data: { requestId, link: 2, expiresAt: input.expiresAt },
  };
  const openedAgain: RecordingRequestEvent = { type: 'RecordingLinkOpened', data: { requestId, link: 2 } };
  const [old, current] = [turn, { ...turn, link: 2 }];

  it('still begins something while the newer one lies unopened', () =>
    given(recordingRequest, requested, opened, consented, reminded)
      .when((s) => startRecording(s, requestId, 'a', 'capture', old))
      .then(started('a')));
  it('begins nothing more once the newer one was opened', () => {
    const both = given(recordingRequest, requested, opened, consented, reminded, openedAgain);
    both.when((s) => startRecording(s, requestId, 'a', 'capture', old)).thenRefused('LINK_REPLACED');
    both.when((s) => giveConsent(s, requestId, { ...consent, locale: 'de' }, old)).thenRefused('LINK_REPLACED');
    both.when((s) => declineRequest(s, requestId, undefined, old)).thenRefused('LINK_REPLACED');
    both.when((s) => reportUnsupported(s, requestId, 'no-recorder', 'X', old)).thenRefused('LINK_REPLACED');
    both.when((s) => startRecording(s, requestId, 'a', 'capture', current)).then(started('a'));
  });
  it('lets in again whoever is in the middle of a recording, until the newer one is opened', () => {
    const amid = [requested, opened, consented, started('a'), reminded];
    const back = given(recordingRequest, ...amid);
    back.when((s) => arrive(s, requestId, { link: 1, at: now })).then(opened);
    expect(given(recordingRequest, ...amid, opened).state.status).toBe('recording');
    given(recordingRequest, ...amid, openedAgain)
      .when((s) => arrive(s, requestId, { link: 1, at: now }))
      .thenRefused('LINK_REPLACED');
  });
  it('goes on with what it began, which the newer one does not hide', () => {
    const amid = given(recordingRequest, requested, opened, consented, reminded, started('a'));
    amid.when((s) => arrive(s, requestId, { link: 2, at: now })).then(openedAgain);
    const both = given(recordingRequest, requested, opened, consented, reminded, started('a'), openedAgain);
    expect(both.state.status).toBe('recording');
    both.when((s) => arrive(s, requestId, { link: 2, at: now })).then();
    both.when((s) => startRecording(s, requestId, 'a', 'capture', old)).then();
    both.when((s) => startRecording(s, requestId, 'b', 'capture', old)).thenRefused('LINK_REPLACED');
    both.when((s) => submitRecording(s, requestId, 'a', submission)).then(submitted);
  });
});

describe('what the customer says instead', () => {
  it('consent is news only when it differs', () => {
    given(recordingRequest, requested, opened)
      .when((s) => giveConsent(s, requestId, consent, turn))
      .then(consented);
    given(recordingRequest, requested, opened, consented)
      .when((s) => giveConsent(s, requestId, consent, turn))
      .then();
  });
  it('declining discards what there is', () =>
    given(recordingRequest, requested, opened, consented, started('a'))
      .when((s) => declineRequest(s, requestId, 'no', turn))
      .then(discarded('a', 'request-closed'), { type: 'RecordingDeclined', data: { requestId, reason: 'no' } }));
  it('an unsuitable browser is told to the agent once', () => {
    const unsupported: RecordingRequestEvent = {
      type: 'RecorderUnsupported',
      data: { requestId, reason: 'no-recorder', browser: 'X' },
    };
    given(recordingRequest, requested, opened)
      .when((s) => reportUnsupported(s, requestId, 'no-recorder', 'X', turn))
      .then(unsupported);
    given(recordingRequest, requested, opened, unsupported)
      .when((s) => reportUnsupported(s, requestId, 'no-recorder', 'X', turn))
      .then();
  });
});

describe('a customer who never stops', () => {
  const declined: RecordingRequestEvent = { type: 'RecordingDeclined', data: { requestId } };
  const back: RecordingRequestEvent = { type: 'RecorderUnsupported', data: { requestId, reason: 'no-recorder' } };
  const restless = Array.from({ length: 50 }, () => [declined, back]).flat();

  it('cannot make a history that grows without end', () => {
    const tired = given(recordingRequest, requested, opened, ...restless);
    tired.when((s) => giveConsent(s, requestId, consent, turn)).thenRefused('TOO_MUCH_HAPPENED');
    tired.when((s) => declineRequest(s, requestId, undefined, turn)).thenRefused('TOO_MUCH_HAPPENED');
    tired.when((s) => startRecording(s, requestId, 'a', 'file', turn)).thenRefused('TOO_MUCH_HAPPENED');
  });
  it('may go on with a new link', () =>
    given(recordingRequest, requested, ...restless, {
      type: 'RecordingLinkIssued',
      data: { requestId, link: 2, expiresAt: input.expiresAt },
    })
      .when((s) => giveConsent(s, requestId, consent, { ...turn, link: 2 }))
      .then({ type: 'RecordingLinkOpened', data: { requestId, link: 2 } }, consented));
  it('takes the consent back by declining', () =>
    given(recordingRequest, requested, opened, consented, declined)
      .when((s) => startRecording(s, requestId, 'a', 'capture', turn))
      .thenRefused('CONSENT_MISSING'));
});
