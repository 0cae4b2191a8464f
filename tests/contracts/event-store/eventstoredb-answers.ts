import { Metadata, status, type ServiceError } from '@grpc/grpc-js';
import gossip from '@eventstore/db-client/generated/gossip_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { LogEntry } from './eventstoredb-log.js';

/** What EventStoreDB answers for the position of an event that was read by its stream. */
const NO_POSITION = (2n ** 64n - 1n).toString();

export const byLog = kept((entry) => toResponse(entry, String(entry.position)));
export const byStream = kept((entry) => toResponse(entry, NO_POSITION));

export const confirmation = () =>
  new streams.ReadResp()
    .setConfirmation(new streams.ReadResp.SubscriptionConfirmation().setSubscriptionId('live'))
    .serializeBinary();

export const caughtUp = () => new streams.ReadResp().setCaughtUp(new streams.ReadResp.CaughtUp()).serializeBinary();

export function checkpoint({ position }: LogEntry): Uint8Array {
  const at = String(position);
  const said = new streams.ReadResp.Checkpoint().setCommitPosition(at).setPreparePosition(at);
  return new streams.ReadResp().setCheckpoint(said).serializeBinary();
}

export const notFound = (identifier: shared.StreamIdentifier) =>
  new streams.ReadResp()
    .setStreamNotFound(new streams.ReadResp.StreamNotFound().setStreamIdentifier(identifier))
    .serializeBinary();

/** An error as the server sends it: the client goes by the trailers. */
export function failure(code: status, details: string, trailers: Record<string, string> = {}): ServiceError {
  const metadata = new Metadata();
  for (const [name, value] of Object.entries(trailers)) metadata.set(name, value);
  return Object.assign(new Error(details), { code, details, metadata });
}

export const notLeader = (port: number) =>
  failure(status.NOT_FOUND, 'Leader info available', {
    exception: 'not-leader',
    'leader-endpoint-host': '127.0.0.1',
    'leader-endpoint-port': String(port),
  });

export const streamDeleted = (name: string) =>
  failure(status.FAILED_PRECONDITION, `Event stream '${name}' is deleted.`, {
    exception: 'stream-deleted',
    'stream-name': name,
  });

export function member(port: number, isLeader: boolean): gossip.MemberInfo {
  const { LEADER, FOLLOWER } = gossip.MemberInfo.VNodeState;
  return new gossip.MemberInfo()
    .setInstanceId(new shared.UUID().setString('00000000-0000-4000-8000-000000000000'))
    .setTimeStamp('0')
    .setState(isLeader ? LEADER : FOLLOWER)
    .setIsAlive(true)
    .setHttpEndPoint(new gossip.EndPoint().setAddress('127.0.0.1').setPort(port));
}

/** Responses are made and serialized once per event, not once per reader. */
function kept(make: (entry: LogEntry) => Uint8Array): (entry: LogEntry) => Uint8Array {
  const known = new WeakMap<LogEntry, Uint8Array>();
  return (entry) => {
    const response = known.get(entry) ?? make(entry);
    known.set(entry, response);
    return response;
  };
}

function toResponse(entry: LogEntry, position: string): Uint8Array {
  const record = new streams.ReadResp.ReadEvent.RecordedEvent();
  record.setId(new shared.UUID().setString(entry.id));
  record.setStreamIdentifier(new shared.StreamIdentifier().setStreamName(Buffer.from(entry.stream).toString('base64')));
  record.setStreamRevision(String(entry.revision)).setCommitPosition(position).setPreparePosition(position);
  record.setData(entry.data.toString('base64')).setCustomMetadata(entry.metadata.toString('base64'));
  record.getMetadataMap().set('type', entry.type).set('content-type', 'application/json').set('created', '0');
  return new streams.ReadResp().setEvent(new streams.ReadResp.ReadEvent().setEvent(record)).serializeBinary();
}
