/** How many appended events are remembered. */
const MOST = 2_000;

/** What a process knows of positions without asking: of the events it appended, and where it last saw the log's end. */
export class KnownPositions {
  private readonly positions = new Map<string, bigint>();
  private last: { readonly own: bigint; readonly seen: bigint } | undefined;

  add(stream: string, version: number, position: bigint): void {
    this.positions.set(`${stream}@${version}`, position);
    if (this.positions.size > MOST) this.positions.delete(this.positions.keys().next().value!);
  }

  of(stream: string, version: number): bigint | undefined {
    return this.positions.get(`${stream}@${version}`);
  }

  /** The last event of ours, if it was found in a search that began at `position` or above. */
  lastUpTo(position: bigint): bigint | undefined {
    return this.last && position <= this.last.seen ? this.last.own : undefined;
  }

  /** @param seen where the log ended when `own` was its last event of ours */
  setLast(own: bigint, seen: bigint): bigint {
    if (!this.last || seen >= this.last.seen) this.last = { own, seen };
    return own;
  }
}
