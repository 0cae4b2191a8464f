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
}

/** What the test server knows: one log, its streams, and who listens. System events stand in it as on a real server. */
export class MemoryLog {
  readonly entries: LogEntry[] = [];
  readonly streams = new Map<string, LogEntry[]>();
  private readonly listeners = new Set<(entry: LogEntry) => void>();
  private end = 0n;

  constructor() {
    this.system('$UserCreated');
  }

  /** The last revision after it; or, of a conflict, the one that is there. `expected` is -1 for a stream that must not exist. */
  append(stream: string, expected: number, messages: readonly Message[]): { last: number; conflict: boolean } {
    const existing = this.streams.get(stream) ?? [];
    const last = existing.length - 1;
    if (last === expected) {
      for (const message of messages) this.add(stream, message);
      if (this.entries.length % 10 === 0) this.system('$statsCollected');
      return { last: expected + messages.length, conflict: false };
    }
    const repeated = last > expected && messages.every((message, n) => existing[expected + 1 + n]?.id === message.id);
    return repeated ? { last: expected + messages.length, conflict: false } : { last, conflict: true };
  }

  forwards(from: bigint, count: number): LogEntry[] {
    const first = this.entries.findLastIndex((entry) => entry.position < from) + 1;
    return this.entries.slice(first, first + count);
  }

  /** Those before a position, or all, from the last one on. */
  backwards(before: bigint | undefined, count: number): LogEntry[] {
    const end =
      before === undefined ? this.entries.length : this.entries.findIndex((entry) => entry.position >= before);
    return this.entries.slice(Math.max(0, end - count), end).reverse();
  }

  /** Answers how to stop listening. */
  listen(listener: (entry: LogEntry) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  private system(type: string): void {
    this.add('$system', { id: crypto.randomUUID(), type, data: Buffer.from('{}'), metadata: Buffer.from('{}') });
  }

  private add(stream: string, message: Message): void {
    const existing = this.streams.get(stream) ?? [];
    const entry = { ...message, stream, revision: existing.length, position: this.end };
    this.streams.set(stream, existing);
    existing.push(entry);
    this.entries.push(entry);
    this.end += BigInt(100 + message.data.length);
    for (const listener of this.listeners) listener(entry);
  }
}
