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

/** The event of that type as it is written today, or of a version by its full name (`RecordingSubmitted.v1`). */
export function eventOf(name: string): Golden {
  const versions = [...golden.values()].filter(({ type }) => type === name);
  return golden.get(name) ?? versions.sort((a, b) => a.schemaVersion - b.schemaVersion).at(-1)!;
}

/** What an event said. Tests know what they expect of it. */
export function dataOf(name: string): any {
  return eventOf(name).data;
}

export function without(data: object, ...names: readonly string[]): any {
  return Object.fromEntries(Object.entries(data).filter(([name]) => !names.includes(name)));
}

export function only(data: object, ...names: readonly string[]): any {
  return Object.fromEntries(Object.entries(data).filter(([name]) => names.includes(name)));
}
