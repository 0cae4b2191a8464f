import { Injectable, type PipeTransform } from '@nestjs/common';
import type { Uploader } from '../contract.js';
import { UploadHosts } from '../owners/upload-hosts.js';

/** Makes the caller of a route into whom they may upload for. */
@Injectable()
export class UploaderPipe implements PipeTransform<object, Uploader> {
  constructor(private readonly hosts: UploadHosts) {}

  transform(caller: object): Uploader {
    return this.hosts.uploader(caller);
  }
}
