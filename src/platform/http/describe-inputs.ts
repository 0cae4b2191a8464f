import { createRequire } from 'node:module';
import type { INestApplication } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { getMetadataStorage } from 'class-validator';
import { type Rule, schemaOfRules } from './schema-of-rules.js';

type Class = new (...args: never[]) => object;
interface TypeStorage {
  findTypeMetadata(target: Class, property: string): { typeFunction(): Class } | undefined;
}

/** Where `@ApiProperty` notes what it was told. */
const PROPERTY = 'swagger/apiModelProperties';

/** class-transformer keeps the classes of nested values (`@Type`) where its index does not lead. */
const { defaultMetadataStorage } = createRequire(import.meta.url)('class-transformer/cjs/storage.js') as {
  defaultMetadataStorage: TypeStorage;
};

/**
 * Tells the API's description what the validation of inputs already says, so that nothing has to be said twice: every
 * class that a controller's method takes, and those nested in it. What an `@ApiProperty` says besides (words, examples)
 * stays.
 */
export function describeInputs(app: INestApplication): void {
  const done = new Set<Class>();
  for (const module of app.get(ModulesContainer).values()) {
    for (const { metatype } of module.controllers.values()) {
      for (const input of inputsOf(metatype as Class)) describe(input, done);
    }
  }
}

function inputsOf({ prototype }: Class): Class[] {
  const methods = Object.getOwnPropertyNames(prototype).filter((name) => name !== 'constructor');
  return methods.flatMap((method) => (Reflect.getMetadata('design:paramtypes', prototype, method) as Class[]) ?? []);
}

function describe(input: Class, done: Set<Class>): void {
  if (typeof input !== 'function' || done.has(input)) return;
  done.add(input);
  const storage = getMetadataStorage();
  const rules = storage.groupByPropertyName(storage.getTargetValidationMetadatas(input, '', false, false));
  if (!Object.keys(rules).length) return;
  const usual = { ...new input() } as Record<string, unknown>;
  for (const [property, own] of Object.entries(rules)) {
    const nested = own.some(({ type }) => type === 'nestedValidation');
    const item = defaultMetadataStorage.findTypeMetadata(input, property)?.typeFunction();
    const type =
      (nested ? item : undefined) ?? (Reflect.getMetadata('design:type', input.prototype, property) as Class);
    if (nested) describe(type, done);
    const said = Reflect.getMetadata(PROPERTY, input.prototype, property) as ApiPropertyOptions | undefined;
    const meant = schemaOfRules(own as Rule[], nested ? type : undefined, type);
    const unsaid = usual[property] === undefined ? {} : { default: usual[property] };
    ApiProperty({ ...unsaid, ...said, ...meant } as ApiPropertyOptions)(input.prototype as object, property);
  }
}
