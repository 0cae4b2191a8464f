import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DomainEvent } from '#kernel/event.js';

/** One event as some version of ours wrote it. Files are added, never changed: what is in a log stays in it. */
export interface Golden extends DomainEvent<string, Record<string, unknown>> {
  readonly schemaVersion: number;
  /** Fields that were sealed. */
  readonly personal: readonly string[];
}

/** Those of a folder of tests, by name, such as `RecordingRequested.v1`. */
function goldenOf(tests: string): ReadonlyMap<string, Golden> {
  const folder = join(import.meta.dirname, '..', tests, 'golden');
  const read = (file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Golden;
  return new Map(readdirSync(folder).map((file) => [file.slice(0, -'.json'.length), read(file)]));
}

/** Of requests and recordings. */
export const golden = goldenOf('recording');
/** Of workspaces, members and API keys. */
export const goldenIdentity = goldenOf('identity');
const all = new Map([...golden, ...goldenIdentity]);

/** The event of that type as it is written today, or of a version by its full name (`RecordingSubmitted.v1`). */
export function eventOf(name: string): Golden {
  const versions = [...all.values()].filter(({ type }) => type === name);
  return all.get(name) ?? versions.sort((a, b) => a.schemaVersion - b.schemaVersion).at(-1)!;
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
