/**
 * A failure that may be kept where failures are stored, and shown to operators: what it says of itself is our own words,
 * ids and numbers. Of every other error only the kind is kept, since its words may be somebody's.
 */
export abstract class ImpersonalFailure extends Error {
  /** What may be kept of it. */
  get kept(): string {
    return this.message;
  }
}
