import { isEmail, ValidateBy } from 'class-validator';

/** An e-mail address. class-validator's own rule throws at half a character, which is nobody's failure but the sender's. */
export function EmailAddress(): PropertyDecorator {
  return ValidateBy({
    name: 'isEmail',
    validator: {
      validate: (value) => typeof value === 'string' && value.isWellFormed() && isEmail(value),
      defaultMessage: () => '$property must be an email',
    },
  });
}
