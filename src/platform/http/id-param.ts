import { type ArgumentMetadata, Injectable, ParseUUIDPipe } from '@nestjs/common';

/** An id in an address, in the one spelling that streams, keys and objects know: UUIDs may be written in either case. */
@Injectable()
export class IdParam extends ParseUUIDPipe {
  override async transform(value: string, metadata: ArgumentMetadata): Promise<string> {
    return (await super.transform(value, metadata))!.toLowerCase();
  }
}
