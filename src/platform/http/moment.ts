import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { ValidateBy } from 'class-validator';

const FORM = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/;
/** What a database can still think of. */
const [FIRST, LAST] = [Date.parse('1970-01-01T00:00:00Z'), Date.parse('9999-12-31T23:59:59Z')];
const EXPECTED =
  '$property must be a date and a time with its zone, such as 2026-02-28T09:30:00Z or 2026-02-28T10:30:00%2B01:00';

/** A moment as RFC 3339 writes it (in an address, `+` is written `%2B`); the property becomes a `Date`. */
export function IsMoment(): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }: { value: unknown }) => momentOf(value) ?? value),
    ValidateBy({
      name: 'isMoment',
      validator: { validate: (value) => value instanceof Date, defaultMessage: () => EXPECTED },
    }),
  );
}

/** Null for what is no moment: JavaScript reads many things as a date, and the 30th of February as the 2nd of March. */
export function momentOf(text: unknown): Date | null {
  const match = typeof text === 'string' ? FORM.exec(text.toUpperCase()) : null;
  if (!match) return null;
  const [day, moment] = [new Date(`${match[1]}T00:00:00Z`), Date.parse(match[0])];
  const exists = !Number.isNaN(day.getTime()) && day.toISOString().startsWith(match[1]!);
  return exists && moment >= FIRST && moment <= LAST ? new Date(moment) : null;
}
