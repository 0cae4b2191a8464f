import { ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { Refusal } from '#kernel/refusal.js';

/** One thing wrong with the input: the path of the field and what to do about it. */
export interface InputFault {
  readonly field: string;
  readonly message: string;
}

const MOST_FAULTS = 50;

/** Checks every body, query and parameter against its class: unknown fields are refused, never silently dropped. */
export function inputValidation(): ValidationPipe {
  return new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    transform: true,
    validationError: { target: false, value: false },
    exceptionFactory: (errors: ValidationError[]) => invalidInput(errors.flatMap((error) => faultsOf(error))),
  });
}

/** The refusal of bad input, for checks that a class cannot express too. */
export function invalidInput(faults: readonly InputFault[]): Refusal {
  const errors = faults.slice(0, MOST_FAULTS);
  return new Refusal('INPUT_INVALID', 'Some of the input is not valid; see "errors".', 'invalid', { errors });
}

function faultsOf(error: ValidationError, parent = ''): InputFault[] {
  const field = (parent ? `${parent}.${error.property}` : error.property).slice(0, 200);
  const own = Object.values(error.constraints ?? {}).map((message) => ({ field, message: message.slice(0, 300) }));
  return [...own, ...(error.children ?? []).flatMap((child) => faultsOf(child, field))];
}
