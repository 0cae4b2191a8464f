import {
  cancelRequest,
  expireRequest,
  remindCustomer,
  requestRecording,
} from '#modules/recording/domain/request-decisions.js';
import { recordingRequest } from '#modules/recording/domain/recording-request.js';
import {
  given,
  requestId,
  now,
  later,
  input,
  requested,
  opened,
  consented,
  started,
  discarded,
  submitted,
  cancelled,
  expired,
} from './request-history.js';

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

describe('reminding', () => {
  it('is refused once there is an answer', () =>
    given(recordingRequest, requested, opened, consented, started('a'), submitted)
      .when((s) => remindCustomer(s, requestId, later.toISOString()))
      .thenRefused('ALREADY_RECEIVED'));
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
