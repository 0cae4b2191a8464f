export interface Piece {
  readonly bytes: Buffer;
  /** From zero. */
  readonly number: number;
  readonly isLast: boolean;
}

/** Cuts a stream into pieces of one size; the last may be shorter, and an empty stream is one empty piece. */
export async function* pieces(body: AsyncIterable<Buffer>, size: number): AsyncGenerator<Piece> {
  let held: Buffer[] = [];
  let length = 0;
  let number = 0;
  for await (const chunk of body) {
    for (let rest = chunk; rest.length;) {
      // A full piece is held back until a further byte shows that it was not the last.
      if (length === size) {
        yield { bytes: Buffer.concat(held, size), number: number++, isLast: false };
        [held, length] = [[], 0];
      }
      const part = rest.subarray(0, size - length);
      held.push(part);
      length += part.length;
      rest = rest.subarray(part.length);
    }
  }
  yield { bytes: Buffer.concat(held, length), number, isLast: true };
}
