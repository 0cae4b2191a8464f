import { randomBytes, randomUUID } from 'node:crypto';
import type { SigningSecret } from './key-encryption-keys.js';

export interface FileKey {
  readonly id: string;
  readonly key: Buffer;
  /** Files from before keys were rotated do not say it. */
  readonly madeAt: Date;
}

export interface FileSigningSecret extends SigningSecret {
  readonly madeAt: Date;
}

/**
 * What the file holds. In both lists the last one is in use. One before it is either older, and going, or younger, and
 * coming: it gets to the end when every process knows it.
 */
export interface KeyFile {
  readonly keys: readonly FileKey[];
  readonly signing: readonly FileSigningSecret[];
  readonly blindIndexSecret: Buffer;
}

/** Signatures from before there were versions, and signing in a file that has not been rotated since. */
const FIRST_SIGNING_VERSION = 0;
const LONG_AGO = new Date(0);

export function freshKey(madeAt: Date): FileKey {
  return { id: randomUUID(), key: randomBytes(32), madeAt };
}

export function freshSigningSecret(version: number, madeAt: Date): FileSigningSecret {
  return { version, secret: randomBytes(32), madeAt };
}

export function freshKeyFile(madeAt: Date): KeyFile {
  const signing = [freshSigningSecret(FIRST_SIGNING_VERSION + 1, madeAt)];
  return { keys: [freshKey(madeAt)], signing, blindIndexSecret: randomBytes(32) };
}

export function writeKeys({ keys, signing, blindIndexSecret }: KeyFile): string {
  const content = {
    about: 'Key-encryption keys of Screendesk. Whoever has this file and the database can read every recording.',
    version: 1,
    keys: keys.map(({ id, key, madeAt }) => ({ id, key: key.toString('base64'), madeAt })),
    signing: signing.map(({ version, secret, madeAt }) => ({ version, secret: secret.toString('base64'), madeAt })),
    blindIndexSecret: blindIndexSecret.toString('base64'),
  };
  return JSON.stringify(content, null, 2) + '\n';
}

interface Content {
  readonly version?: unknown;
  readonly keys?: unknown;
  readonly signing?: unknown;
  readonly blindIndexSecret?: unknown;
}
type Entry = Readonly<Record<string, unknown>> | null;

/** @param wrong makes an error that says what is wrong, without a secret */
export function readKeys(text: string, wrong: (what: string) => Error): KeyFile {
  const bytes = (value: unknown, name: string): Buffer => {
    const buffer = Buffer.from(typeof value === 'string' ? value : '', 'base64');
    if (buffer.length !== 32) throw wrong(`${name} is not 32 bytes in base64`);
    return buffer;
  };
  if (!text.trim()) throw wrong('it is empty');
  const content = parseJson(text);
  if (content === undefined) throw wrong('it is cut off, or no JSON');
  if (content?.version !== 1 || !Array.isArray(content.keys)) throw wrong('it is not a key file of version 1');
  const keys = (content.keys as Entry[]).map((entry) => {
    if (typeof entry?.id !== 'string' || !entry.id) throw wrong('a key has no id');
    return { id: entry.id, key: bytes(entry.key, `key ${entry.id}`), madeAt: timeOf(entry) };
  });
  if (!keys.length) throw wrong('it holds no keys');
  if (new Set(keys.map(({ id }) => id)).size < keys.length) throw wrong('two keys have the same id');
  const blindIndexSecret = bytes(content.blindIndexSecret, 'blindIndexSecret');
  if (content.signing === undefined) {
    return {
      keys,
      signing: [{ version: FIRST_SIGNING_VERSION, secret: blindIndexSecret, madeAt: LONG_AGO }],
      blindIndexSecret,
    };
  }
  const signing = (Array.isArray(content.signing) ? (content.signing as Entry[]) : []).map((entry) => {
    if (!Number.isSafeInteger(entry?.version)) throw wrong('a signing secret has no version');
    const version = entry!.version as number;
    return { version, secret: bytes(entry!.secret, `signing secret ${version}`), madeAt: timeOf(entry) };
  });
  if (!signing.length) throw wrong('it holds no signing secret');
  return { keys, signing, blindIndexSecret };
}

function timeOf(entry: Entry): Date {
  const time = new Date(typeof entry?.madeAt === 'string' ? entry.madeAt : LONG_AGO);
  return Number.isNaN(time.getTime()) ? LONG_AGO : time;
}

/** @returns undefined when it is none */
function parseJson(text: string): Content | null | undefined {
  try {
    return JSON.parse(text) as Content | null;
  } catch {
    return undefined;
  }
}
