/** How much of a subject a store holds, or has removed. */
export interface Removed {
  readonly rows: number;
  readonly objects: number;
  /** Stored versions of objects and delete markers, the present ones among them. */
  readonly versions: number;
  /** Sealed parts of events. */
  readonly sealedParts: number;
}

/** What an erasure removed, by the name of the store. */
export type RemovedByStore = Readonly<Record<string, Removed>>;

/** Lifts what told one sum of objects and sealed parts: how they lay in which store is not known any more. */
export function removedTogether({ objects, ...data }: Readonly<Record<string, unknown>>) {
  return { ...data, removed: { together: { rows: 0, objects: Number(objects), versions: 0, sealedParts: 0 } } };
}
