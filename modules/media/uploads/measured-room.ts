import { statfs } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { Injectable, Optional } from '@nestjs/common';
import { Config } from '#platform/config/config.js';
import { Database } from '#platform/database/database.js';
import { ObjectStorageAway } from '#platform/object-storage/object-storage.js';
import { StorageRoom } from '../contract.js';
import type { UploadTables } from './upload-tables.js';
import { leftOfShare } from './workspace-share.js';

const MEGABYTE = 1_000_000;
/** Nothing fills a disk's reserve sooner, and every link that is opened asks. */
const LOOK_EVERY_MS = 1000;
/** A disk answers at once, unless its server is away: then nobody can tell. */
const PATIENCE_MS = 5000;

/** Of a disk, who begins at once may overlap; of a workspace's share, each is measured again in its turn when it begins. */
@Injectable()
export class MeasuredRoom extends StorageRoom {
  private isLooking = false;
  private looked = -Infinity;
  private free = Promise.resolve(0);

  constructor(
    private readonly database: Database,
    private readonly config: Config,
    @Optional() private readonly patienceMs: number = PATIENCE_MS,
  ) {
    super();
  }

  async left(workspaceId: string): Promise<number> {
    const share = leftOfShare(this.database.of<UploadTables>(), this.config, workspaceId);
    return Math.min(...(await Promise.all([share, this.leftOnDisk()])));
  }

  private async leftOnDisk(): Promise<number> {
    const { S3_BUCKET, FREE_DISK_MEGABYTES } = this.config.values;
    if (S3_BUCKET) return Infinity;
    if (!this.isLooking && performance.now() - this.looked > LOOK_EVERY_MS) this.free = this.look();
    return (await this.free) - FREE_DISK_MEGABYTES * MEGABYTE;
  }

  /** One at a time, however long it takes: each that is unanswered keeps one of the few threads for files. */
  private look(): Promise<number> {
    this.isLooking = true;
    const looked = freeAround([this.config.objectsDir, this.config.dataDir]).finally(() => {
      this.isLooking = false;
      this.looked = performance.now();
    });
    return Promise.race([looked, this.unanswered()]).catch((cause: Error) => {
      throw new ObjectStorageAway(cause);
    });
  }

  private async unanswered(): Promise<never> {
    await wait(this.patienceMs, undefined, { ref: false });
    throw new Error('The disk does not say how much is free');
  }
}

/** Bytes, of the fullest. @throws where a disk is not mounted any more */
async function freeAround(directories: readonly string[]): Promise<number> {
  let least = Infinity;
  for (const directory of directories) {
    const { bavail, bsize } = await statfs(directory);
    least = Math.min(least, bavail * bsize);
  }
  return least;
}
