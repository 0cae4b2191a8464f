import { type ArgumentMetadata, Injectable } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import { refuse } from '#kernel/refusal.js';
import { IdParam } from '#platform/http/id-param.js';

/** Describes the parameter that {@link ViewingParam} reads. */
export const NamesIts = (name: 'viewing' | 'download') =>
  ApiQuery({ name, description: `The id that POST …/${name}s answered`, schema: { type: 'string', format: 'uuid' } });

/** Under which viewing or download bytes are asked for. @throws Refusal `VIEWING_REQUIRED` when the address names none */
@Injectable()
export class ViewingParam extends IdParam {
  override async transform(value: string | undefined, metadata: ArgumentMetadata): Promise<string> {
    if (typeof value === 'string' && value) return super.transform(value, metadata);
    refuse(
      'VIEWING_REQUIRED',
      'Who watches or downloads is noted first: POST to …/viewings or …/downloads and use the address it answers.',
      'invalid',
    );
  }
}
