import { applyDecorators } from '@nestjs/common';
import { Type } from 'class-transformer';
import { ValidateBy, ValidateNested } from 'class-validator';

/** One object of a class, which is validated too. The validator's own rule lets lists pass, and looks at their items alone. */
export function OneObject(of: () => new () => object): PropertyDecorator {
  return applyDecorators(
    Type(of),
    ValidateNested(),
    ValidateBy({
      name: 'isOneObject',
      validator: {
        validate: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
        defaultMessage: () => '$property must be an object',
      },
    }),
  );
}
