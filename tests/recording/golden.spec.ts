import type { DomainEvent } from '#kernel/event.js';
import type { StreamDefinition } from '#kernel/stream.js';
import {
  discardRecording,
  resumeRecording,
  settleAbandoned,
  startRecording,
  submitRecording,
} from '#modules/recording/domain/capture-decisions.js';
import { beginErasure, noteRequestErased } from '#modules/recording/domain/erasure-decisions.js';
import { ownerOf } from '#modules/recording/capture/request-owner.js';
import { PROCESSING_FAILED } from '#modules/media/contract.js';
import { inJob, ownerInJob } from '#modules/media/domain/before-owner-kinds.js';
import {
  noteErasure,
  noteProcessing,
  recording,
  requestDeletion,
  retryProcessing,
} from '#modules/media/domain/recording.js';
import { downloadRecording, viewing, viewRecording } from '#modules/media/domain/viewing.js';
import { mediaPublications } from '#modules/media/publications.js';
import { recordingRequest } from '#modules/recording/domain/recording-request.js';
import {
  declineRequest,
  giveConsent,
  arrive,
  reportUnsupported,
} from '#modules/recording/domain/customer-decisions.js';
import {
  cancelRequest,
  expireRequest,
  remindCustomer,
  requestRecording,
} from '#modules/recording/domain/request-decisions.js';
import { recordingPublications } from '#modules/recording/publications.js';
import { lift } from '#platform/streams/lift.js';
import { dataOf, eventOf, golden, without } from './golden-events.js';
import { recordingList, requestList } from '../support/lists.js';
import { systemMeta } from '../support/system-meta.js';

const now = new Date('2026-11-22T12:00:00Z');
const turn = { link: 2, at: now };
const { requestId, ...asked } = dataOf('RecordingRequested');
const { recordingId } = dataOf('RecordingStarted');
const said = (type: string) => without(dataOf(type), 'requestId', 'recordingId');

it('every event that rows are made of, or that others are told, is here, in each of its versions', () => {
  const told = Object.values({ ...mediaPublications.translations, ...recordingPublications.translations });
  const types = [...new Set([requestList.on, recordingList.on, ...told].flatMap((on) => Object.keys(on)))];
  const versions = { ...recordingRequest.schemaVersions, ...recording.schemaVersions } as Record<string, number>;
  const names = types.flatMap((type) => Array.from({ length: versions[type] ?? 1 }, (_, i) => `${type}.v${i + 1}`));
  expect([...golden.keys()].sort()).toEqual(names.sort());
  for (const [name, { type, schemaVersion }] of golden) expect(`${type}.v${schemaVersion}`).toBe(name);
});

it('every older version has its way up', () => {
  for (const { schemaVersions = {}, upcasts = {} } of [recordingRequest, recording, viewing] as StreamDefinition<
    any,
    any
  >[])
    for (const [type, version] of Object.entries(schemaVersions))
      expect(Object.keys(upcasts[type] ?? {})).toEqual(Array.from({ length: version! - 1 }, (_, i) => `${i + 1}`));
});

it('every event of a recording tells its owner to programs from before owners had kinds, and is lifted from theirs', () => {
  const events = [...golden.values()].filter(({ type }) => type in recording.schemaVersions!);
  expect(new Set(events.map(({ type }) => type)).size).toBe(7);
  for (const event of events) {
    expect(event.data).toMatchObject({ requestId, recordingId });
    const { data } = lift(recording, { ...event, stream: `recording-${recordingId}`, meta: systemMeta } as never);
    expect(data).toMatchObject({ recordingId, owner: ownerOf(requestId) });
  }
});

it('an owner of another kind is nobody whom programs from before kinds could take for a request', () => {
  const owner = { kind: 'call', id: requestId };
  const [event] = requestDeletion(recording.initial, { recordingId, owner });
  expect(event!.data).toEqual({ recordingId, owner });
});

it("a job without a kind of owner is a request's, and workers from before kinds find the id in a job of today", () => {
  const owner = { kind: 'call', id: requestId };
  expect(ownerInJob({ requestId })).toEqual(ownerOf(requestId));
  expect(ownerInJob(inJob(owner))).toEqual(owner);
  expect(inJob(ownerOf(requestId))).toMatchObject({ requestId });
});

it('every event seals what is personal', () => {
  const personal = { ...recordingRequest.personal, ...recording.personal } as Record<string, string[]>;
  for (const { type, personal: sealed } of golden.values()) expect(sealed).toEqual(personal[type] ?? []);
});

it('every event is still written just so', () => {
  const written: string[] = [];
  const write = <E extends DomainEvent>([event]: readonly E[]): E => {
    written.push(event!.type);
    const { type, data } = eventOf(event!.type);
    expect(JSON.parse(JSON.stringify(event))).toEqual({ type, data });
    return event!;
  };
  writeRequest(write);
  writeRecording(write);
  write(viewRecording(viewing.initial, dataOf('RecordingViewed')));
  write(downloadRecording(viewing.initial, dataOf('RecordingDownloaded')));
  expect(written.sort()).toEqual([...new Set([...golden.values()].map(({ type }) => type))].sort());
});

type Write = <E extends DomainEvent>(events: readonly E[]) => E;

/** A story in which today's decisions write each event of a request once; some are endings that did not happen. */
function writeRequest(write: Write): void {
  const { link, expiresAt } = dataOf('RecordingLinkIssued');
  const { reason, browser } = dataOf('RecorderUnsupported');
  let state = recordingRequest.initial;
  const happens = (events: Parameters<typeof recordingRequest.evolve>[1]) =>
    (state = recordingRequest.evolve(state, events));
  happens(write(requestRecording(state, requestId, asked, now)));
  happens(write(remindCustomer(state, requestId, expiresAt)));
  happens(write(arrive(state, requestId, { link, at: now })));
  write(cancelRequest(state, requestId));
  write(expireRequest(state, requestId, new Date(expiresAt)));
  write(beginErasure(state, requestId, new Date(expiresAt)));
  write(noteRequestErased(state, requestId, said('RecordingRequestErased')));
  write(reportUnsupported(state, requestId, reason, browser, turn));
  write(declineRequest(state, requestId, dataOf('RecordingDeclined').reason, turn));
  happens(write(giveConsent(state, requestId, said('CustomerConsented'), turn)));
  happens(write(startRecording(state, requestId, recordingId, 'capture', turn)));
  happens(write(settleAbandoned(state, requestId, recordingId, 'waits')));
  happens(write(resumeRecording(state, requestId, recordingId)));
  write(discardRecording(state, requestId, recordingId, 'customer'));
  write(submitRecording(state, requestId, recordingId, said('RecordingSubmitted')));
}

function writeRecording(write: Write): void {
  const ids = { recordingId, owner: ownerOf(requestId) };
  const { removed, keyFingerprints } = dataOf('RecordingErased');
  const state = recording.initial;
  const processed = [
    'RecordingMadeSeekable',
    'RecordingPreviewed',
    'RecordingCopiedToMp4',
    'RecordingProcessingFailed',
  ];
  for (const type of processed)
    write(noteProcessing(state, { type, data: without(dataOf(type), 'requestId') } as never));
  const { trim, camera } = dataOf('RecordingProcessingRetried');
  write(retryProcessing({ ...state, failure: PROCESSING_FAILED }, { ...ids, trim, camera }));
  write(requestDeletion(state, ids));
  write(noteErasure(state, ids, removed, keyFingerprints));
}
