import { hash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { Injectable } from '@nestjs/common';
import { refuse } from '#kernel/refusal.js';
import { announcedLength } from '#platform/http/raw-body.js';
import { StorageRoom, type MediaOwner } from '../contract.js';
import { piecesOf } from './append-body.js';
import { readDigests, refuseCorrupt } from './append-digest.js';
import { KnownUploads } from './known-uploads.js';
import { readLength, readOffset, refuseOtherTypes } from './tus-headers.js';
import { UploadAppends } from './upload-appends.js';
import { elsewhere, isBeyond, refuseBeyond, refuseUnlessOpen, tooLarge } from './upload-refusals.js';
import { UploadRows } from './upload-rows.js';
import { SEGMENT_BYTES, type Upload } from './upload.js';

const NOTHING = Buffer.alloc(0);

/** Takes the bodies of tus requests into an upload, in flat memory however long they are. */
@Injectable()
export class UploadIntake {
  constructor(
    private readonly known: KnownUploads,
    private readonly rows: UploadRows,
    private readonly appends: UploadAppends,
    private readonly room: StorageRoom,
  ) {}

  /** Where the owner's upload stands. @throws Refusal; 410 when it was discarded or its time is over */
  async stand(id: string, owner: MediaOwner): Promise<Upload> {
    const upload = await this.known.current(id, owner);
    if (upload.status === 'discarded' || upload.status === 'open') refuseUnlessOpen(upload);
    return upload;
  }

  /** One `PATCH`. @throws Refusal, BodyBrokeOff; what was stored before that stays stored */
  async patch(id: string, owner: MediaOwner, request: IncomingMessage): Promise<Upload> {
    refuseOtherTypes(request);
    const [offset, length] = [readOffset(request.headers), readLength(request.headers)];
    const upload = await this.known.recent(id, owner);
    return this.take(length === null ? upload : await this.declareLength(upload, length), offset, request);
  }

  /** Stores a request's body from `offset` on, as far as it comes. With a digest it is one append, stored whole or not at all. */
  async take(upload: Upload, offset: number, request: IncomingMessage): Promise<Upload> {
    const digests = readDigests(headerOf(request, 'content-digest'), headerOf(request, 'upload-checksum'));
    const announced = announcedLength(request) ?? 0;
    if (digests.length && announced > SEGMENT_BYTES) appendTooLarge();
    await this.refuseBeyond(upload, offset, announced);
    let [latest, position] = [upload, offset];
    const whole = digests.length > 0;
    for await (const bytes of piecesOf(request, { size: SEGMENT_BYTES + (whole ? 1 : 0), whole })) {
      if (bytes.length > SEGMENT_BYTES) appendTooLarge();
      const sha256 = hash('sha256', bytes, 'buffer');
      refuseCorrupt(bytes, sha256, digests);
      latest = await this.appends.append(latest, { offset: position, bytes, sha256 });
      position += bytes.length;
    }
    if (position > offset) return latest;
    refuseCorrupt(NOTHING, hash('sha256', NOTHING, 'buffer'), digests);
    return this.takeNothing(upload, offset);
  }

  /**
   * Before its body is read. Clients that repeat an append whose answer was lost look for where the server is, and not
   * for what is too much: that goes first.
   */
  private async refuseBeyond(upload: Upload, offset: number, announced: number): Promise<void> {
    if (!isBeyond(upload, offset + announced)) return;
    const current = await this.known.current(upload.id, upload.owner);
    if (current.offset !== offset) elsewhere(current);
    refuseBeyond(current, offset + announced);
  }

  /** An empty append is allowed where the next one would go. */
  private async takeNothing(upload: Upload, offset: number): Promise<Upload> {
    const current = await this.known.current(upload.id, upload.owner);
    refuseUnlessOpen(current);
    return current.offset === offset ? current : elsewhere(current);
  }

  private async declareLength(upload: Upload, length: number): Promise<Upload> {
    if (length > upload.maxBytes) tooLarge(upload.maxBytes, upload.offset);
    const before = await this.known.current(upload.id, upload.owner);
    if (before.declaredLength === null) {
      await this.refuseBeyondRoom(before, length);
      // Others were quicker: what is left now says how much it may be.
      if ((await this.rows.declareLength(before, length)) === 'room_taken') return this.declareLength(before, length);
    }
    const current = await this.known.current(upload.id, upload.owner);
    if (current.declaredLength === length) return current;
    refuseUnlessOpen(current);
    refuse('LENGTH_CONFLICT', 'This length contradicts what is known of the upload.', 'conflict', {
      offset: current.offset,
      length: current.declaredLength,
    });
  }

  /** From here on others do without what is still to come, as where it was said at the beginning. @throws Refusal */
  private async refuseBeyondRoom({ workspaceId, offset }: Upload, length: number): Promise<void> {
    const most = offset + (await this.room.leftToEnd(workspaceId));
    if (length > most) tooLarge(most, offset);
  }
}

function headerOf(request: IncomingMessage, name: string): string | undefined {
  return request.headers[name]?.toString();
}

function appendTooLarge(): never {
  refuse('APPEND_TOO_LARGE', 'An append with a digest may have at most 1 MiB.', 'too_large', {
    maxBytes: SEGMENT_BYTES,
  });
}
