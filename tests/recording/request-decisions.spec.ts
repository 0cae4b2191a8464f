import { discardRecording, startRecording, submitRecording } from '#modules/recording/domain/capture-decisions.js';
import { endedUnanswered, noteRequestErased } from '#modules/recording/domain/erasure-decisions.js';
import {
  recordingRequest,
  type RecordingRequestEvent,
  type Submission,
} from '#modules/recording/domain/recording-request.js';
import {
  declineRequest,
  giveConsent,
  openLink,
  reportUnsupported,
} from '#modules/recording/domain/customer-decisions.js';
import {
  cancelRequest,
  expireRequest,
  remindCustomer,
  requestRecording,
} from '#modules/recording/domain/request-decisions.js';
import { given as givenStream } from './given.js';

const given = (stream: typeof recordingRequest, ...history: readonly RecordingRequestEvent[]) =>
  givenStream(stream, ...history);
const requestId = 'r-1';
const now = new Date('2026-11-22T12:00:00Z');
const turn = { link: 1, at: now };
const later = new Date('2026-11-26T12:00:00Z');
const options = { microphone: 'optional', camera: true, systemAudio: true, maxDurationMs: 60_000 } as const;
const input = {
  ticketReference: 'T-1',
  agentId: 'm-1',
  requestedAt: '2026-11-22T12:00:00.000Z',
  expiresAt: '2026-11-25T12:00:00.000Z',
  options,
  message: 'Please show me',
};
const consent = { textSha256: 'ab', version: '1', locale: 'en', scope: ['screen'] };
const submission: Submission = {
  durationMs: 5000,
  width: 1280,
  height: 720,
  bytes: 9,
  mediaType: 'video/webm',
  camera: false,
  interrupted: false,
  receivedAt: now.toISOString(),
  trim: null,
};

const requested: RecordingRequestEvent = { type: 'RecordingRequested', data: { requestId, ...input } };
const opened: RecordingRequestEvent = { type: 'RecordingLinkOpened', data: { requestId, link: 1 } };
const consented: RecordingRequestEvent = { type: 'CustomerConsented', data: { requestId, ...consent } };
const started = (recordingId: string): RecordingRequestEvent => ({
  type: 'RecordingStarted',
  data: { requestId, recordingId, source: 'capture' },
});
const discarded = (
  recordingId: string,
  why: 'customer' | 'abandoned' | 'request-closed' = 'customer',
): RecordingRequestEvent => ({ type: 'RecordingDiscarded', data: { requestId, recordingId, why } });
const submitted: RecordingRequestEvent = {
  type: 'RecordingSubmitted',
  data: { requestId, recordingId: 'a', ...submission },
};
const cancelled: RecordingRequestEvent = { type: 'RecordingRequestCancelled', data: { requestId } };
const expired: RecordingRequestEvent = { type: 'RecordingRequestExpired', data: { requestId } };

describe('asking', () => {
  it('is an event with the words for the customer', () =>
    given(recordingRequest)
      .when((s) => requestRecording(s, requestId, input, now))
      .then(requested));
  it('twice is asking once', () =>
    given(recordingRequest, requested)
      .when((s) => requestRecording(s, requestId, input, now))
      .then());
  it('for the past is refused', () =>
    given(recordingRequest)
      .when((s) => requestRecording(s, requestId, input, later))
      .thenRefused('EXPIRY_IN_THE_PAST'));
});

describe('the link', () => {
  it('opens once as news', () =>
    given(recordingRequest, requested)
      .when((s) => openLink(s, requestId, 1, now))
      .then(opened));
  it('opens again without news', () =>
    given(recordingRequest, requested, opened)
      .when((s) => openLink(s, requestId, 1, now))
      .then());
  it('is a newer one after a reminder', () =>
    given(recordingRequest, requested, {
      type: 'RecordingLinkIssued',
      data: { requestId, link: 2, expiresAt: input.expiresAt },
    })
      .when((s) => openLink(s, requestId, 1, now))
      .thenRefused('LINK_EXPIRED'));
  it.each([
    ['LINK_EXPIRED', [requested], later],
    ['LINK_EXPIRED', [requested, expired], now],
    ['LINK_CANCELLED', [requested, cancelled], now],
    ['LINK_USED', [requested, opened, consented, started('a'), submitted], now],
    ['REQUEST_UNKNOWN', [], now],
  ] as const)('says %s where that is so', (code, history, at) =>
    given(recordingRequest, ...history)
      .when((s) => openLink(s, requestId, 1, at))
      .thenRefused(code),
  );
  it('is a receipt once the recording was received', () =>
    given(recordingRequest, requested, opened, consented, started('a'), submitted)
      .when((s) => openLink(s, requestId, 1, now))
      .thenRefused('LINK_USED', { receivedAt: now.toISOString(), reference: 'A' }));
  it('still opens when the time is up while a recording is on its way', () =>
    given(recordingRequest, requested, opened, consented, started('a'))
      .when((s) => openLink(s, requestId, 1, later))
      .then());
  it('opens again after the customer declined or had an unsuitable browser', () => {
    const declined: RecordingRequestEvent = { type: 'RecordingDeclined', data: { requestId, reason: undefined } };
    given(recordingRequest, requested, opened, declined)
      .when((s) => openLink(s, requestId, 1, now))
      .then(opened);
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
    both.when((s) => startRecording(s, requestId, 'a', 'capture', old)).thenRefused('LINK_EXPIRED');
    both.when((s) => giveConsent(s, requestId, { ...consent, locale: 'de' }, old)).thenRefused('LINK_EXPIRED');
    both.when((s) => declineRequest(s, requestId, undefined, old)).thenRefused('LINK_EXPIRED');
    both.when((s) => reportUnsupported(s, requestId, 'no-recorder', 'X', old)).thenRefused('LINK_EXPIRED');
    both.when((s) => startRecording(s, requestId, 'a', 'capture', current)).then(started('a'));
  });
  it('lets in again whoever is in the middle of a recording, until the newer one is opened', () => {
    const amid = [requested, opened, consented, started('a'), reminded];
    const back = given(recordingRequest, ...amid);
    back.when((s) => openLink(s, requestId, 1, now)).then(opened);
    expect(given(recordingRequest, ...amid, opened).state.status).toBe('recording');
    given(recordingRequest, ...amid, openedAgain)
      .when((s) => openLink(s, requestId, 1, now))
      .thenRefused('LINK_EXPIRED');
  });
  it('goes on with what it began, which the newer one does not hide', () => {
    const amid = given(recordingRequest, requested, opened, consented, reminded, started('a'));
    amid.when((s) => openLink(s, requestId, 2, now)).then(openedAgain);
    const both = given(recordingRequest, requested, opened, consented, reminded, started('a'), openedAgain);
    expect(both.state.status).toBe('recording');
    both.when((s) => openLink(s, requestId, 2, now)).then();
    both.when((s) => startRecording(s, requestId, 'a', 'capture', old)).then();
    both.when((s) => startRecording(s, requestId, 'b', 'capture', old)).thenRefused('LINK_EXPIRED');
    both.when((s) => submitRecording(s, requestId, 'a', submission)).then(submitted);
  });
});

describe('expiry', () => {
  it('ends a request whose time is up', () =>
    given(recordingRequest, requested)
      .when((s) => expireRequest(s, requestId, later))
      .then(expired));
  it('waits for a recording on its way', () =>
    given(recordingRequest, requested, opened, consented, started('a'))
      .when((s) => expireRequest(s, requestId, later))
      .then());
  it('does nothing before the time', () =>
    given(recordingRequest, requested)
      .when((s) => expireRequest(s, requestId, now))
      .then());
  it('does not change how a request ended', () =>
    given(recordingRequest, requested, cancelled)
      .when((s) => expireRequest(s, requestId, later))
      .then());
});

describe('cancelling', () => {
  it('is an event', () =>
    given(recordingRequest, requested)
      .when((s) => cancelRequest(s, requestId))
      .then(cancelled));
  it('twice is cancelling once', () =>
    given(recordingRequest, requested, cancelled)
      .when((s) => cancelRequest(s, requestId))
      .then());
  it('discards what was being recorded', () =>
    given(recordingRequest, requested, opened, consented, started('a'))
      .when((s) => cancelRequest(s, requestId))
      .then(discarded('a', 'request-closed'), cancelled));
  it('is too late after Send', () =>
    given(recordingRequest, requested, opened, consented, started('a'), submitted)
      .when((s) => cancelRequest(s, requestId))
      .thenRefused('ALREADY_RECEIVED'));
});

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
  it('a reminder is refused once there is an answer', () =>
    given(recordingRequest, requested, opened, consented, started('a'), submitted)
      .when((s) => remindCustomer(s, requestId, later.toISOString()))
      .thenRefused('ALREADY_RECEIVED'));
});

describe('the words of a request', () => {
  const after = (...history: RecordingRequestEvent[]) => given(recordingRequest, ...history).state;
  const proof = { objects: 1, keyFingerprints: ['f'] };
  const erased: RecordingRequestEvent = { type: 'RecordingRequestErased', data: { requestId, ...proof } };
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
    gone.when((s) => openLink(s, requestId, 2, now)).thenRefused('LINK_EXPIRED');
    gone.when((s) => remindCustomer(s, requestId, later.toISOString())).thenRefused('REQUEST_ERASED');
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
      .when((s) => giveConsent(s, requestId, consent, turn))
      .then(consented));
  it('takes the consent back by declining', () =>
    given(recordingRequest, requested, opened, consented, declined)
      .when((s) => startRecording(s, requestId, 'a', 'capture', turn))
      .thenRefused('CONSENT_MISSING'));
});
