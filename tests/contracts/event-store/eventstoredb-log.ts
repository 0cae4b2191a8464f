import { randomUUID } from 'node:crypto';

export interface Message {
  readonly id: string;
  readonly type: string;
  readonly data: Buffer;
  readonly metadata: Buffer;
}

export interface LogEntry extends Message {
  readonly stream: string;
  readonly revision: number;
  /** An offset into an imagined file: ascending, not consecutive. */
  readonly position: bigint;
  /** Its number among all entries. */
  readonly index: number;
}

/** What the nodes of a test cluster know, or will once it is replicated. System events stand in it as on a real server. */
export class MemoryLog {
  readonly entries: LogEntry[] = [];
  readonly streams = new Map<string, LogEntry[]>();
  /** Streams that were deleted, with the revision at which they begin again. Their events stay in $all. */
  private readonly begins = new Map<string, number>();
  readonly tombstones = new Set<string>();
  private readonly listeners = new Set<() => void>();
  private end = 0n;

  constructor() {
    this.system('$UserCreated');
  }

  /** The last revision after it; or, of a conflict, the one that is there. `expected` is -1 for a stream that must not exist. */
  append(stream: string, expected: number, messages: readonly Message[]): { last: number; conflict: boolean } {
    const existing = this.streams.get(stream) ?? [];
    const last = existing.length - 1;
    if (last === expected || (expected === -1 && this.begins.get(stream) === existing.length)) {
      for (const message of messages) this.add(stream, message);
      if (this.entries.length % 10 === 0) this.system('$statsCollected');
      this.raise();
      return { last: last + messages.length, conflict: false };
    }
    const repeated = last > expected && messages.every((message, n) => existing[expected + 1 + n]?.id === message.id);
    return repeated ? { last: expected + messages.length, conflict: false } : { last, conflict: true };
  }

  /** A stream's entries as a node knows them that has the first `seen` of all; undefined when it is not there, or no more. */
  stream(name: string, seen: number): LogEntry[] | undefined {
    const entries = (this.streams.get(name) ?? []).filter(({ index }) => index < seen);
    const begin = this.begins.get(name) ?? 0;
    return entries.length > begin ? entries.slice(begin) : undefined;
  }

  delete(stream: string): void {
    this.begins.set(stream, this.streams.get(stream)?.length ?? 0);
  }

  /** What another application appends beside ours. */
  addForeign(stream: string, type: string, metadata: unknown): void {
    this.add(stream, message(type, metadata));
    this.raise();
  }

  /** As an operator restores it from an earlier day, of which it had that many entries. */
  putBackTo(count: number): void {
    const gone = this.entries.splice(count);
    if (gone[0]) this.end = gone[0].position;
    for (const { stream, revision } of gone.reverse()) this.streams.get(stream)!.length = revision;
    for (const [name, entries] of this.streams) if (!entries.length) this.streams.delete(name);
    this.raise();
  }

  /** Answers how to stop listening. */
  listen(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  raise(): void {
    for (const listener of this.listeners) listener();
  }

  private system(type: string): void {
    this.add('$system', message(type, {}));
  }

  private add(stream: string, given: Message): void {
    const existing = this.streams.get(stream) ?? [];
    const entry = { ...given, stream, revision: existing.length, position: this.end, index: this.entries.length };
    this.streams.set(stream, existing);
    existing.push(entry);
    this.entries.push(entry);
    this.end += BigInt(100 + given.data.length);
  }
}

function message(type: string, metadata: unknown): Message {
  return { id: randomUUID(), type, data: Buffer.from('{}'), metadata: Buffer.from(JSON.stringify(metadata)) };
}
