import { type ArgumentMetadata, Injectable, ParseUUIDPipe } from '@nestjs/common';
import { invalidInput } from './validation.js';

/** An id in an address, in the one spelling that streams, keys and objects know: UUIDs may be written in either case. */
@Injectable()
export class IdParam extends ParseUUIDPipe {
  /** @throws Refusal `INPUT_INVALID` that names the parameter */
  override async transform(value: string, metadata: ArgumentMetadata): Promise<string> {
    const id = await super.transform(value, metadata).catch(() => null);
    if (typeof id === 'string') return id.toLowerCase();
    const field = metadata.data ?? 'id';
    throw invalidInput([{ field, message: `${field} must be a UUID` }]);
  }
}
