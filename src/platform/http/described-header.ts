import { ApiHeader } from '@nestjs/swagger';

type Described = Pick<Parameters<typeof ApiHeader>[0], 'name' | 'description' | 'required'> & {
  readonly schema: Record<string, unknown>;
};

/** Lets a parameter decorator that reads a header declare it in the API's description, so that neither lacks the other. */
export function describedHeader({ schema, ...header }: Described): ParameterDecorator {
  return (target, method) => {
    const descriptor = Object.getOwnPropertyDescriptor(target, method!)!;
    ApiHeader({ required: false, ...header, schema: { type: 'string', ...schema } })(target, method!, descriptor);
  };
}
