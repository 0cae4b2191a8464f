import { once } from 'node:events';
import {
  Server,
  ServerCredentials,
  type ServerDuplexStream,
  type ServerReadableStream,
  type ServerUnaryCall,
  type ServerWritableStream,
  type sendUnaryData,
} from '@grpc/grpc-js';
import featuresGrpc from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import features from '@eventstore/db-client/generated/serverfeatures_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streamsGrpc from '@eventstore/db-client/generated/streams_grpc_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { MemoryLog, type LogEntry, type Message } from './eventstoredb-log.js';

/** What EventStoreDB answers for the position of an event that was read by its stream. */
const NO_POSITION = (2n ** 64n - 1n).toString();
const BACKWARDS = 1;

type ReadCall = ServerWritableStream<streams.ReadReq, Uint8Array>;
type AppendCall = ServerReadableStream<streams.AppendReq, streams.AppendResp>;

/**
 * Speaks enough of EventStoreDB's gRPC for the real client: append with its rules of versions and repetition, reads of
 * streams and of $all in both directions, live subscriptions. Its log is in memory. Where it matters it behaves as
 * the server's source (24.10) does: positions are offsets, reads start *at* a position, reads by stream have none.
 */
export async function startEventStoreDb(): Promise<{ port: number; log: MemoryLog; stop(): void }> {
  const log = new MemoryLog();
  const server = new Server();
  server.addService(featuresGrpc.ServerFeaturesService, { getSupportedMethods });
  const refuse = (_: unknown, answer: sendUnaryData<never>) => answer(new Error('Not spoken here'));
  // Responses are made and serialized once per event, not once per reader.
  const service = {
    ...streamsGrpc.StreamsService,
    read: { ...streamsGrpc.StreamsService.read, responseSerialize: Buffer.from },
  };
  server.addService(service as typeof streamsGrpc.StreamsService, {
    read: (call: ReadCall) => void read(log, call),
    append: (call: AppendCall, answer: sendUnaryData<streams.AppendResp>) => append(log, call, answer),
    batchAppend: (call: ServerDuplexStream<unknown, unknown>) => call.destroy(new Error('Not spoken here')),
    delete: refuse,
    tombstone: refuse,
  });
  const bind = (done: (error: Error | null, port: number) => void) =>
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), done);
  const port = await new Promise<number>((resolve, reject) =>
    bind((error, bound) => (error ? reject(error) : resolve(bound))),
  );
  return { port, log, stop: () => server.forceShutdown() };
}

function getSupportedMethods(
  _: ServerUnaryCall<shared.Empty, unknown>,
  answer: sendUnaryData<features.SupportedMethods>,
): void {
  const method = new features.SupportedMethod();
  method.setServiceName('event_store.client.streams.Streams').setMethodName('BatchAppend');
  answer(null, new features.SupportedMethods().setEventStoreServerVersion('24.10.0').setMethodsList([method]));
}

function append(log: MemoryLog, call: AppendCall, answer: sendUnaryData<streams.AppendResp>): void {
  let options: streams.AppendReq.Options | undefined;
  const messages: Message[] = [];
  call.on('data', (request: streams.AppendReq) => {
    options ??= request.getOptions();
    const message = request.getProposedMessage();
    if (message)
      messages.push({
        id: message.getId()!.getString(),
        type: message.getMetadataMap().get('type')!,
        data: Buffer.from(message.getData_asU8()),
        metadata: Buffer.from(message.getCustomMetadata_asU8()),
      });
  });
  call.on('end', () => answer(null, answerAppend(log, options!, messages)));
}

function answerAppend(log: MemoryLog, options: streams.AppendReq.Options, messages: Message[]): streams.AppendResp {
  const stream = Buffer.from(options.getStreamIdentifier()!.getStreamName_asU8()).toString();
  const { last, conflict } = log.append(stream, options.hasNoStream() ? -1 : Number(options.getRevision()), messages);
  const response = new streams.AppendResp();
  if (!conflict) return response.setSuccess(new streams.AppendResp.Success().setCurrentRevision(String(last)));
  const wrong = new streams.AppendResp.WrongExpectedVersion();
  if (last < 0) wrong.setCurrentNoStream(new shared.Empty());
  else wrong.setCurrentRevision(String(last));
  return response.setWrongExpectedVersion(wrong);
}

async function read(log: MemoryLog, call: ReadCall): Promise<void> {
  const options = call.request.getOptions()!;
  if (options.hasSubscription()) return follow(log, call);
  const count = Number(options.getCount());
  if (options.hasStream()) {
    const from = options.getStream()!.hasRevision() ? Number(options.getStream()!.getRevision()) : 0;
    const identifier = options.getStream()!.getStreamIdentifier()!;
    const entries = log.streams.get(Buffer.from(identifier.getStreamName_asU8()).toString());
    const missing = new streams.ReadResp().setStreamNotFound(
      new streams.ReadResp.StreamNotFound().setStreamIdentifier(identifier),
    );
    await send(call, entries ? entries.slice(from, from + count).map(byStream) : [missing.serializeBinary()]);
  } else {
    const all = options.getAll()!;
    const from = all.hasPosition() ? BigInt(all.getPosition()!.getCommitPosition()) : undefined;
    const backwards = (options.getReadDirection() as number) === BACKWARDS;
    const entries = backwards ? log.backwards(from, count) : log.forwards(from ?? 0n, count);
    await send(call, entries.map(byLog));
  }
  call.end();
}

async function send(call: ReadCall, messages: Uint8Array[]): Promise<void> {
  const cancelled = once(call, 'cancelled');
  for (const message of messages) {
    if (call.cancelled) return;
    const drained = () => new Promise<void>((resolve) => call.once('drain', resolve));
    if (!call.write(message)) await Promise.race([drained(), cancelled]);
  }
}

function follow(log: MemoryLog, call: ReadCall): void {
  const stop = log.listen((entry) => void call.write(byLog(entry)));
  for (const end of ['cancelled', 'close', 'error']) call.on(end, stop);
  const confirmation = new streams.ReadResp.SubscriptionConfirmation().setSubscriptionId('live');
  call.write(new streams.ReadResp().setConfirmation(confirmation).serializeBinary());
}

const byLog = kept((entry) => toResponse(entry, String(entry.position)));
const byStream = kept((entry) => toResponse(entry, NO_POSITION));

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
