import { applyDecorators } from '@nestjs/common';
import { Matches, ValidateBy } from 'class-validator';

/**
 * No control characters. Spelt so that it means the same in every dialect and with or without JavaScript's `u`:
 * clients copy it from the API's description.
 */
const PRINTABLE = /^[^\x00-\x1f\x7f-\x9f]*$/;

/** Printable text on one line, without halves of characters. */
export function OneLine(): PropertyDecorator {
  return applyDecorators(
    Matches(PRINTABLE, { message: '$property must be on one line, without control characters' }),
    ValidateBy({
      name: 'isWellFormed',
      validator: {
        validate: (value) => typeof value === 'string' && value.isWellFormed(),
        defaultMessage: () => '$property must be made of whole characters',
      },
    }),
  );
}
