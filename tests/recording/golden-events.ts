import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DomainEvent } from '#kernel/event.js';

/** One event as some version of ours wrote it. Files are added, never changed: what is in a log stays in it. */
export interface Golden extends DomainEvent<string, Record<string, unknown>> {
  readonly schemaVersion: number;
  /** Fields that were sealed. */
  readonly personal: readonly string[];
}

const FOLDER = join(import.meta.dirname, 'golden');

/** All of them by name, such as `RecordingRequested.v1`. */
export const golden: ReadonlyMap<string, Golden> = new Map(
  readdirSync(FOLDER).map((file) => {
    const event = JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Golden;
    return [file.slice(0, -'.json'.length), event];
  }),
);

/** What an event said. Tests know what they expect of it. */
export function dataOf(type: string, version = 1): any {
  return golden.get(`${type}.v${version}`)!.data;
}

export function without(data: object, ...names: readonly string[]): any {
  return Object.fromEntries(Object.entries(data).filter(([name]) => !names.includes(name)));
}

export function only(data: object, ...names: readonly string[]): any {
  return Object.fromEntries(Object.entries(data).filter(([name]) => names.includes(name)));
}
