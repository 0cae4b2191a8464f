import { hash } from 'node:crypto';
import { refuse } from '#kernel/refusal.js';
import { WireRefusal } from './upload-refusals.js';

/** What the client says its append must hash to, and how it is told when it does not. */
export interface AppendDigest {
  readonly algorithm: 'sha256' | 'sha1';
  readonly value: Buffer;
  /** tus answers 460 to a wrong `Upload-Checksum`; RFC 9530 leaves a wrong `Content-Digest` to 400. */
  readonly mismatch: 460 | 400;
}

/** The algorithms of tus' checksum extension, as `Tus-Checksum-Algorithm` lists them. */
export const CHECKSUM_ALGORITHMS = 'sha256,sha1';
const LENGTHS = { sha256: 32, sha1: 20 } as const;

/**
 * Reads both headers; an append may carry either, both, or none.
 * @throws Refusal `DIGEST_MALFORMED`; `DIGEST_UNSUPPORTED` when there is a digest, but none we can check
 */
export function readDigests(contentDigest: string | undefined, uploadChecksum: string | undefined): AppendDigest[] {
  const digests: AppendDigest[] = [];
  if (contentDigest !== undefined) digests.push(fromContentDigest(contentDigest));
  if (uploadChecksum !== undefined) digests.push(fromUploadChecksum(uploadChecksum));
  return digests;
}

/**
 * @param sha256 of the bytes, which is computed anyway
 * @throws WireRefusal `DIGEST_MISMATCH`; nothing of the append may be kept then
 */
export function refuseCorrupt(bytes: Buffer, sha256: Buffer, digests: readonly AppendDigest[]): void {
  for (const { algorithm, value, mismatch } of digests) {
    const actual = algorithm === 'sha256' ? sha256 : hash(algorithm, bytes, 'buffer');
    if (!actual.equals(value))
      throw new WireRefusal(mismatch, 'DIGEST_MISMATCH', 'The bytes changed on their way. Send them again.');
  }
}

/** `sha-256=:<base64>:`, perhaps among other members (a structured dictionary, RFC 9651). */
function fromContentDigest(header: string): AppendDigest {
  const members = header.split(',').map((member) => member.trim());
  const ours = members.find((member) => member.toLowerCase().startsWith('sha-256='));
  if (!ours) unsupported('sha-256');
  const encoded = /^sha-256=:([A-Za-z0-9+/=]{1,100}):$/i.exec(ours)?.[1];
  return { algorithm: 'sha256', value: decoded(encoded, 'sha256'), mismatch: 400 };
}

/** `sha256 <base64>` or `sha1 <base64>`. */
function fromUploadChecksum(header: string): AppendDigest {
  const [algorithm, encoded] = header.trim().split(' ', 2);
  if (algorithm !== 'sha256' && algorithm !== 'sha1') unsupported(CHECKSUM_ALGORITHMS);
  return { algorithm, value: decoded(encoded, algorithm), mismatch: 460 };
}

function decoded(encoded: string | undefined, algorithm: 'sha256' | 'sha1'): Buffer {
  const value = Buffer.from(encoded ?? '', 'base64');
  if (value.length !== LENGTHS[algorithm]) refuse('DIGEST_MALFORMED', 'The digest could not be read.', 'invalid');
  return value;
}

function unsupported(supported: string): never {
  refuse('DIGEST_UNSUPPORTED', `The digest must be one of: ${supported}.`, 'invalid', { supported });
}
