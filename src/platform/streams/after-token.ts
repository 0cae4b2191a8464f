import type { Scope } from '#kernel/event.js';
import { refuse } from '#kernel/refusal.js';
import type { KeyRing } from '#platform/key-ring/key-ring.js';

const PURPOSE = 'after token';
const SIGNED = /^((?:\d{1,9}\.)?[A-Za-z0-9_-]{43})~([A-Za-z0-9._-]{1,140}@\d{1,15})$/;
/** As the version before made them. */
const UNSIGNED = /^[A-Za-z0-9._-]{1,200}@\d{1,15}$/;

/** An event that a query can wait for. */
export interface NamedEvent {
  readonly stream: string;
  readonly version: number;
}

/**
 * Names an appended event so that a query of its scope, and of no other, can wait for it. Holds no personal data. The
 * version before reads a signature as a part of the stream's name: it finds no such stream and answers after its wait.
 */
export async function afterToken(keys: KeyRing, scope: Scope, { stream, version }: NamedEvent): Promise<string> {
  const named = `${stream}@${version}`;
  return Buffer.from(`${await keys.sign(PURPOSE, textOf(scope, named))}~${named}`).toString('base64url');
}

/**
 * @returns null for a token of the version before: it says of no scope, and so must tell nothing of its stream
 * @throws Refusal `AFTER_INVALID`, also for one of another scope
 */
export async function readAfterToken(keys: KeyRing, scope: Scope, token: string): Promise<NamedEvent | null> {
  const text = Buffer.from(token, 'base64url').toString('utf8');
  if (UNSIGNED.test(text)) return null;
  const [, signature, named] = SIGNED.exec(text) ?? [];
  const isOurs = named && signature && (await keys.isSignature(PURPOSE, textOf(scope, named), signature));
  if (!isOurs) refuse('AFTER_INVALID', 'The value of "after" is not one that a command returned.', 'invalid');
  const [stream, version] = named.split('@');
  return { stream: stream!, version: Number(version) };
}

function textOf(scope: Scope, named: string): string {
  return `${scope.kind === 'workspace' ? scope.id : scope.kind} ${named}`;
}
