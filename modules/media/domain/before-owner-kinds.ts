import type { MediaOwner } from '../contract.js';

/** All owners were of this kind before they had kinds; what was written then names none. */
const ONLY_KIND = 'recording_request';

/** Lifts what named its owner by an id alone. */
export function ownedByKind({ requestId, ...data }: Readonly<Record<string, unknown>>) {
  return { ...data, owner: { kind: ONLY_KIND, id: requestId } };
}

/** How programs from before kinds, which may still run beside this one, find the owner in an event. */
export function namedAsBefore({ kind, id }: MediaOwner): { readonly requestId?: string } {
  return kind === ONLY_KIND ? { requestId: id } : {};
}

/** The owner in a job. Workers from before kinds do these jobs too, and what they left waiting names no kind. */
export type OwnerInJob = { readonly requestId: string } | { readonly requestId: string; readonly ownerKind: string };

export function inJob({ kind, id }: MediaOwner): OwnerInJob {
  return { ownerKind: kind, requestId: id };
}

export function ownerInJob(job: OwnerInJob): MediaOwner {
  return { kind: 'ownerKind' in job ? job.ownerKind : ONLY_KIND, id: job.requestId };
}
