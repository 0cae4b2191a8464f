import { createRequire } from 'node:module';
import type { INestApplication } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { getMetadataStorage } from 'class-validator';
import { type Rule, schemaOfRules } from './schema-of-rules.js';

type Class = abstract new (...args: never[]) => object;
interface TypeStorage {
  findTypeMetadata(target: Class, property: string): { typeFunction(): Class } | undefined;
}

/** class-transformer keeps the classes of nested values (`@Type`) where its index does not lead. */
const { defaultMetadataStorage } = createRequire(import.meta.url)('class-transformer/cjs/storage.js') as {
  defaultMetadataStorage: TypeStorage;
};

/**
 * Tells the API's description what the validation of inputs already says, so that nothing has to be said twice: every
 * class that a controller's method takes, and those nested in it. A property with an `@ApiProperty` of its own is left.
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
  for (const [property, own] of Object.entries(rules)) {
    const nested = own.some(({ type }) => type === 'nestedValidation');
    const item = defaultMetadataStorage.findTypeMetadata(input, property)?.typeFunction();
    const type =
      (nested ? item : undefined) ?? (Reflect.getMetadata('design:type', input.prototype, property) as Class);
    if (nested) describe(type, done);
    if (Reflect.hasMetadata('swagger/apiModelProperties', input.prototype, property)) continue;
    const options = { ...schemaOfRules(own as Rule[], nested ? type : undefined, type) } as ApiPropertyOptions;
    ApiProperty(options)(input.prototype as object, property);
  }
}
