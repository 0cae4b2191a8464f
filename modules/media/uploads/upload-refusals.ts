import { Refusal, refuse } from '#kernel/refusal.js';
import type { Upload } from './upload.js';

/** A refusal whose status tus (or HTTP for media) names, where the kernel's kinds have none. */
export class WireRefusal extends Refusal {
  constructor(
    readonly status: number,
    code: string,
    sentence: string,
    details: Record<string, unknown> = {},
  ) {
    super(code, sentence, 'invalid', details);
  }
}

/** Another request's upload is answered exactly like one that never was. */
export function unknownUpload(): never {
  refuse('UPLOAD_UNKNOWN', 'There is no such upload.', 'not_found');
}

/** Says where the server is, so that the client can go there: back to what is missing, or on past what is stored. */
export function elsewhere(upload: Upload): never {
  refuse('UPLOAD_OFFSET_MISMATCH', 'Continue at the offset given here.', 'conflict', { offset: upload.offset });
}

/** @throws Refusal when nothing can be added to the upload any more */
export function refuseUnlessOpen(upload: Upload): void {
  const { offset } = upload;
  if (upload.status === 'discarded') refuse('UPLOAD_DISCARDED', 'This upload was discarded.', 'gone');
  if (upload.status === 'finalised')
    refuse('UPLOAD_FINALISED', 'After a long silence, what had arrived was kept as it was.', 'gone', { offset });
  if (upload.status === 'complete') refuse('UPLOAD_COMPLETE', 'This upload is complete.', 'conflict', { offset });
  if (upload.expired) refuse('UPLOAD_EXPIRED', 'The time for this upload is over.', 'gone', { offset });
}

/** Whether `end`, the offset after an append, is more than the upload may hold. */
export function isBeyond({ declaredLength, maxBytes }: Upload, end: number): boolean {
  return end > Math.min(declaredLength ?? maxBytes, maxBytes);
}

/** @throws Refusal when `end`, the offset after an append, is more than the upload may hold */
export function refuseBeyond(upload: Upload, end: number): void {
  if (upload.declaredLength !== null && end > upload.declaredLength)
    refuse('UPLOAD_LENGTH_EXCEEDED', 'This is more than the length declared for the upload.', 'too_large', {
      offset: upload.offset,
      length: upload.declaredLength,
    });
  if (end > upload.maxBytes) tooLarge(upload.maxBytes, upload.offset);
}

/** `maxBytes` is the largest recording, or what room, or the owner's other uploads that lie open, leave of it. @throws Refusal */
export function tooLarge(maxBytes: number, offset?: number): never {
  refuse(
    'UPLOAD_TOO_LARGE',
    `This upload may hold ${maxBytes} bytes at most. Where larger recordings are allowed, room is short or other uploads lie open under this link: send or discard those, then begin anew.`,
    'too_large',
    { offset, maxBytes },
  );
}

/** For what its owner has begun beside it. @throws Refusal */
export function tooMuchOpen(): never {
  refuse(
    'TOO_MUCH_BEGUN',
    'With the uploads that lie open under this link, this is more than may be uploaded at once. Send or discard those first.',
    'too_large',
  );
}

/** What was sent, or kept after a long silence, is the workspace's: it cannot be taken back by its upload. */
export function uploadClosed({ settled }: Upload): never {
  if (settled)
    refuse('UPLOAD_SETTLED', 'This recording has been handed over and cannot be taken back here.', 'conflict');
  refuse('UPLOAD_COMPLETE', 'This upload is complete. Discard its recording instead.', 'conflict');
}

/** The storage or the database failed; nothing was acknowledged, and the same append may be sent again. */
export class StorageUnavailable extends WireRefusal {
  constructor(override readonly cause: unknown) {
    super(503, 'STORAGE_UNAVAILABLE', 'What you sent could not be stored just now. Nothing is lost: send it again.', {
      retryAfterSeconds: 1,
    });
  }
}
