import { Inject, Injectable } from '@nestjs/common';
import type { MediaOwner, Uploader, UploadHost } from '../contract.js';

/** One for each kind of owner; the app puts them together. */
export const UPLOAD_HOSTS = Symbol('UPLOAD_HOSTS');

/** Finds the context that answers for an owner, or for a caller. */
@Injectable()
export class UploadHosts {
  constructor(@Inject(UPLOAD_HOSTS) private readonly hosts: readonly UploadHost[]) {}

  of({ kind }: MediaOwner): UploadHost {
    const host = this.hosts.find((one) => one.kind === kind);
    if (!host) throw new Error(`No context answers for recordings of a ${kind}.`);
    return host;
  }

  /** Whom a caller may upload for. The access guard lets nobody else into these routes. */
  uploader(caller: object): Uploader {
    for (const host of this.hosts) {
      const uploader = host.uploaderOf(caller);
      if (uploader) return uploader;
    }
    throw new Error('An uploading route was reached by somebody who may upload for nobody.');
  }
}
