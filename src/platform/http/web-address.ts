import { ValidateBy } from 'class-validator';

/**
 * An address that a browser opens: the rule of URLs themselves, as the agents' pages ask it, too. A list of what hosts may
 * be called knows none of those with an underscore, which companies have.
 */
export function isWebAddress(text: string): boolean {
  return !/\s/.test(text) && text.isWellFormed() && URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

export function WebAddress(): PropertyDecorator {
  return ValidateBy({
    name: 'isUrl',
    validator: {
      validate: (value) => typeof value === 'string' && isWebAddress(value),
      defaultMessage: () => '$property must be an http or https address',
    },
  });
}
