import { status, type ServerReadableStream, type ServerWritableStream, type sendUnaryData } from '@grpc/grpc-js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import * as answers from './eventstoredb-answers.js';
import type { LogEntry, MemoryLog, Message } from './eventstoredb-log.js';

const BACKWARDS = 1;
const MAX_APPEND_BYTES = 1_048_576;

export type ReadCall = ServerWritableStream<streams.ReadReq, Uint8Array>;
export type AppendCall = ServerReadableStream<streams.AppendReq, streams.AppendResp>;

/** What a node is told by its cluster. */
export interface Standing {
  readonly log: MemoryLog;
  /** How many of the log's entries have come here. */
  seen(): number;
  /** Why it can't serve somebody who wants the leader; null when it can. */
  refusal(): Error | null;
}

/** One node's answers, as a real one's (23.10) were seen to be. */
export class EventStoreDbNode {
  constructor(private readonly standing: Standing) {}

  append(call: AppendCall, answer: sendUnaryData<streams.AppendResp>): void {
    let options: streams.AppendReq.Options | undefined;
    const messages: Message[] = [];
    call.on('data', (request: streams.AppendReq) => {
      options ??= request.getOptions();
      const message = request.getProposedMessage();
      if (message) messages.push(toMessage(message));
    });
    call.on('end', () => {
      const refusal = this.refusalOf(call) ?? tooLarge(messages);
      if (refusal) answer(refusal);
      else this.answerAppend(options!, messages, answer);
    });
  }

  async read(call: ReadCall): Promise<void> {
    const refusal = this.refusalOf(call);
    const options = call.request.getOptions()!;
    if (refusal) return void call.emit('error', refusal);
    if (options.hasSubscription()) return this.follow(call);
    const found = options.hasStream() ? this.streamOf(options) : this.logOf(options);
    if (found instanceof Error) return void call.emit('error', found);
    for (const message of found) if (!(await send(call, message))) return;
    call.end();
  }

  private refusalOf(call: AppendCall | ReadCall): Error | null {
    return call.metadata.get('requires-leader').length > 0 ? this.standing.refusal() : null;
  }

  /** A follower forwards it to the leader. */
  private answerAppend(
    options: streams.AppendReq.Options,
    messages: Message[],
    answer: sendUnaryData<streams.AppendResp>,
  ): void {
    const { log } = this.standing;
    const stream = nameOf(options.getStreamIdentifier()!);
    if (log.tombstones.has(stream)) return answer(answers.streamDeleted(stream));
    const { last, conflict } = log.append(stream, options.hasNoStream() ? -1 : Number(options.getRevision()), messages);
    const response = new streams.AppendResp();
    if (conflict) {
      const wrong = new streams.AppendResp.WrongExpectedVersion();
      if (last < 0) wrong.setCurrentNoStream(new shared.Empty());
      else wrong.setCurrentRevision(String(last));
      return answer(null, response.setWrongExpectedVersion(wrong));
    }
    const at = String(log.streams.get(stream)![last]!.position);
    const position = new streams.AppendResp.Position().setCommitPosition(at).setPreparePosition(at);
    answer(
      null,
      response.setSuccess(new streams.AppendResp.Success().setCurrentRevision(String(last)).setPosition(position)),
    );
  }

  private streamOf(options: streams.ReadReq.Options): Uint8Array[] | Error {
    const from = options.getStream()!.hasRevision() ? Number(options.getStream()!.getRevision()) : 0;
    const identifier = options.getStream()!.getStreamIdentifier()!;
    const name = nameOf(identifier);
    if (this.standing.log.tombstones.has(name)) return answers.streamDeleted(name);
    const entries = this.standing.log.stream(name, this.standing.seen());
    if (!entries) return [answers.notFound(identifier)];
    const asked = entries.filter(({ revision }) => revision >= from).slice(0, Number(options.getCount()));
    return asked.map(answers.byStream);
  }

  private logOf(options: streams.ReadReq.Options): Uint8Array[] | Error {
    const entries = this.standing.log.entries.slice(0, this.standing.seen());
    const [from, count] = [positionOf(options), Number(options.getCount())];
    if (from !== undefined && isNoRecords(entries, from)) return unexpected();
    if ((options.getReadDirection() as number) === BACKWARDS) {
      const end = from === undefined ? entries.length : entries.findLastIndex(({ position }) => position < from) + 1;
      return entries
        .slice(Math.max(0, end - count), end)
        .reverse()
        .map(answers.byLog);
    }
    const first = from === undefined ? 0 : entries.findLastIndex(({ position }) => position < from) + 1;
    return entries.slice(first, first + count).map(answers.byLog);
  }

  /** What matches after a position, how far it looked meanwhile, that it has caught up, and what comes. */
  private async follow(call: ReadCall): Promise<void> {
    const options = call.request.getOptions()!;
    const { log } = this.standing;
    const matches = filterOf(options);
    const interval = options.getFilter()!.getMax() * options.getFilter()!.getCheckpointintervalmultiplier();
    const from = positionOf(options);
    if (from !== undefined && isNoRecords(log.entries, from)) return void call.emit('error', unexpected());
    const behind = from === undefined ? 0 : log.entries.findLastIndex(({ position }) => position <= from) + 1;
    let [next, caughtUp] = [Math.min(behind, this.standing.seen()), false];
    const news = newsOf(log, call);
    await send(call, answers.confirmation());
    while (!call.cancelled && !call.destroyed) {
      for (; next < this.standing.seen(); next++) {
        const entry = log.entries[next]!;
        if (matches(entry) && !(await send(call, answers.byLog(entry)))) return;
        if (next % interval === 0 && !(await send(call, answers.checkpoint(entry)))) return;
      }
      if (!caughtUp) await send(call, answers.caughtUp());
      caughtUp = true;
      if (next >= this.standing.seen()) await news();
    }
  }
}

/** Answers how to wait until there may be something for the reader, or it has gone. */
function newsOf(log: MemoryLog, call: ReadCall): () => Promise<void> {
  let wake = () => {};
  const raise = () => wake();
  const stop = log.listen(raise);
  for (const end of ['cancelled', 'close', 'error']) call.once(end, () => (stop(), raise()));
  return () => new Promise((resolve) => (wake = resolve));
}

/** Whether the reader is still there. */
async function send(call: ReadCall, message: Uint8Array): Promise<boolean> {
  if (call.cancelled || call.destroyed) return false;
  if (!call.write(message)) await new Promise<void>((resolve) => whenReady(call, resolve));
  return !call.cancelled;
}

/** The reader has taken what was sent, or has gone. */
function whenReady(call: ReadCall, ready: () => void): void {
  const events = ['drain', 'cancelled', 'close'];
  const done = () => {
    for (const event of events) call.off(event, done);
    ready();
  };
  for (const event of events) call.on(event, done);
}

function toMessage(message: streams.AppendReq.ProposedMessage): Message {
  return {
    id: message.getId()!.getString(),
    type: message.getMetadataMap().get('type')!,
    data: Buffer.from(message.getData_asU8()),
    metadata: Buffer.from(message.getCustomMetadata_asU8()),
  };
}

function tooLarge(messages: readonly Message[]): Error | null {
  const bytes = messages.reduce(
    (sum, { type, data, metadata }) => sum + type.length * 2 + data.length + metadata.length,
    0,
  );
  if (bytes <= MAX_APPEND_BYTES) return null;
  return answers.failure(status.INVALID_ARGUMENT, `Maximum Append Size of ${MAX_APPEND_BYTES} Exceeded.`, {
    exception: 'maximum-append-size-exceeded',
    'maximum-append-size': String(MAX_APPEND_BYTES),
  });
}

/** Beyond the end there is nothing, and nothing wrong. */
function isNoRecords(entries: readonly LogEntry[], position: bigint): boolean {
  const at = entries.findLast((entry) => entry.position <= position);
  return at?.position !== position && at !== entries.at(-1);
}

const unexpected = () => answers.failure(status.UNKNOWN, 'Unexpected ReadAllResult: Error');

function positionOf(options: streams.ReadReq.Options): bigint | undefined {
  const all = options.getAll()!;
  return all.hasPosition() ? BigInt(all.getPosition()!.getCommitPosition()) : undefined;
}

function filterOf(options: streams.ReadReq.Options): (entry: LogEntry) => boolean {
  const expression = options.getFilter()!.getStreamIdentifier()!;
  const [prefixes, regex] = [expression.getPrefixList(), expression.getRegex()];
  return ({ stream }) =>
    prefixes.some((prefix) => stream.startsWith(prefix)) || (regex !== '' && RegExp(regex).test(stream));
}

function nameOf(identifier: shared.StreamIdentifier): string {
  return Buffer.from(identifier.getStreamName_asU8()).toString();
}
