import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { MediaOwner } from '../contract.js';
import type { Segment, Upload } from './upload.js';
import { unknownUpload } from './upload-refusals.js';
import { UploadRows } from './upload-rows.js';

const MOST_KEPT = 10_000;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Finds uploads for those who own them. It also keeps what this process last knew of each, so that an append in the
 * usual case costs one statement: that knowledge may be behind the database (another server moved on), never ahead of
 * it, and nothing is decided by it alone.
 */
@Injectable()
export class KnownUploads {
  private readonly kept = new LRUCache<string, Upload>({ max: MOST_KEPT });

  constructor(private readonly rows: UploadRows) {}

  /** The upload as last known here. @throws Refusal `UPLOAD_UNKNOWN`, also when it is another owner's */
  async recent(id: string, owner: MediaOwner): Promise<Upload> {
    const upload = this.kept.get(id);
    return upload ? owned(upload, owner) : this.current(id, owner);
  }

  /** The upload as the database has it. @throws Refusal `UPLOAD_UNKNOWN`, also when it is another owner's */
  async current(id: string, owner: MediaOwner): Promise<Upload> {
    return this.keep(owned(UUID.test(id) ? await this.rows.find(id) : null, owner));
  }

  /** Whether exactly this segment is acknowledged already. */
  async holds({ id }: Upload, segment: Segment): Promise<boolean> {
    const stored = await this.rows.segmentAt(id, segment.offset);
    return stored?.length === segment.length && stored.sha256.equals(segment.sha256);
  }

  /** Remembers a newer state; the one unused the longest leaves when there are too many. */
  keep(upload: Upload): Upload {
    this.kept.set(upload.id, upload);
    return upload;
  }
}

function owned(upload: Upload | null, owner: MediaOwner): Upload {
  return upload && isSame(upload.owner, owner) ? upload : unknownUpload();
}

export function isSame(one: MediaOwner, other: MediaOwner): boolean {
  return one.id === other.id && one.kind === other.kind;
}
