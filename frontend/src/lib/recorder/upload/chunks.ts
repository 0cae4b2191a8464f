/** A file that is kept in pieces: knows where each piece begins, and reads across their borders. */
export class Chunks {
  readonly offsets: number[] = [];
  size = 0;

  /** @param load gets the piece that begins at an offset */
  constructor(readonly load: (offset: number) => Promise<ArrayBuffer>) {}

  /** Notes the next piece; pieces come in order and without gaps. */
  learn(offset: number, length: number): void {
    if (offset !== this.size) return;
    this.offsets.push(offset);
    this.size += length;
  }

  /** Reads up to `length` bytes; fewer only at the end. */
  async read(offset: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    const end = Math.min(offset + length, this.size);
    const bytes = new Uint8Array(Math.max(0, end - offset));
    for (let at = offset, piece = this.pieceAt(offset); at < end; piece++) {
      const begin = this.offsets[piece]!;
      const part = new Uint8Array(await this.load(begin)).subarray(at - begin, end - begin);
      bytes.set(part, at - offset);
      at += part.length;
    }
    return bytes;
  }

  /** The piece that holds the byte at an offset, by bisection. */
  private pieceAt(offset: number): number {
    let low = 0;
    let high = this.offsets.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.offsets[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
