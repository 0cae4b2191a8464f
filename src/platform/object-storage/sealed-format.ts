import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync, randomBytes, type KeyObject } from 'node:crypto';
import { ObjectAltered, type StoredObject } from './object-storage.js';
import { freeNow } from './reused-buffers.js';

/**
 * A sealed object: `"SDSO" ‖ version 01 ‖ log2 of the segment size 10 ‖ 0000 ‖ salt24`, then segments of 64 KiB of
 * plaintext, each AES-256-GCM with its 16-byte tag; only the last is shorter, and an empty object has one empty segment.
 * Key: HKDF-SHA256 of the subject's key with the salt. Nonce: seven zero bytes, the segment's number u32be, and 01 on the last
 * segment or 00: so nothing can be cut, appended or reordered unnoticed. Additional data: the header and the object's key.
 */
export const SEGMENT = 64 * 1024;
export const HEADER = 32;
const TAG = 16;
export const SEALED_SEGMENT = SEGMENT + TAG;

const MAGIC = Buffer.from([0x53, 0x44, 0x53, 0x4f, 0x01, 0x10, 0x00, 0x00]);

/** Seals and opens the segments of one object. */
export class SegmentCipher {
  private constructor(
    readonly header: Buffer,
    private readonly key: KeyObject,
    private readonly additionalData: Buffer,
    private readonly objectKey: string,
  ) {}

  /** For a new object, with a salt of its own, hence a key that never served before. */
  static fresh(subjectKey: Buffer, objectKey: string): SegmentCipher {
    return SegmentCipher.of(Buffer.concat([MAGIC, randomBytes(HEADER - MAGIC.length)]), subjectKey, objectKey);
  }

  /** @throws ObjectAltered when the header is none */
  static of(header: Buffer, subjectKey: Buffer, objectKey: string): SegmentCipher {
    if (header.length !== HEADER || !header.subarray(0, MAGIC.length).equals(MAGIC)) throw new ObjectAltered(objectKey);
    // As key objects: Node finds out that a buffer is none by catching an error, each time it is used as a key.
    const secret = createSecretKey(subjectKey);
    const key = hkdfSync('sha256', secret, header.subarray(MAGIC.length), 'screendesk/v1/sealed-object', 32);
    return new SegmentCipher(
      header,
      createSecretKey(Buffer.from(key)),
      Buffer.concat([header, Buffer.from(objectKey)]),
      objectKey,
    );
  }

  seal(number: number, plaintext: Buffer, isLast: boolean): Buffer {
    const cipher = this.cipher(number, isLast);
    return Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
  }

  private cipher(number: number, isLast: boolean) {
    return createCipheriv('aes-256-gcm', this.key, nonce(number, isLast)).setAAD(this.additionalData);
  }

  /** Seals all of a small object into `room`, which has exactly its sealed size. */
  sealWhole(plaintext: Buffer, room: Buffer): Buffer {
    let end = this.header.copy(room);
    for (let number = 0; end < room.length; number++) {
      const [start, next] = [number * SEGMENT, (number + 1) * SEGMENT];
      const cipher = this.cipher(number, next >= plaintext.length);
      const sealed = cipher.update(plaintext.subarray(start, next));
      end += sealed.copy(room, end);
      freeNow(sealed);
      cipher.final();
      end += cipher.getAuthTag().copy(room, end);
    }
    return room;
  }

  /** @throws ObjectAltered */
  open(number: number, sealed: Buffer, isLast: boolean): Buffer {
    if (sealed.length < TAG) throw new ObjectAltered(this.objectKey);
    const iv = nonce(number, isLast);
    const decipher = createDecipheriv('aes-256-gcm', this.key, iv, { authTagLength: TAG }).setAAD(this.additionalData);
    decipher.setAuthTag(sealed.subarray(sealed.length - TAG));
    try {
      return Buffer.concat([decipher.update(sealed.subarray(0, sealed.length - TAG)), decipher.final()]);
    } catch (cause) {
      throw new ObjectAltered(this.objectKey, { cause });
    }
  }
}

/** How many bytes the object of so much plaintext has. */
export function sealedSize(bytes: number): number {
  return HEADER + bytes + Math.max(1, Math.ceil(bytes / SEGMENT)) * TAG;
}

/** How many bytes of plaintext an object holds. @throws ObjectAltered when no sealed object has its size */
export function plaintextSize({ key, size: sealed }: StoredObject): number {
  const segments = Math.max(1, Math.ceil((sealed - HEADER) / SEALED_SEGMENT));
  const size = sealed - HEADER - segments * TAG;
  if (size < 0 || (size <= (segments - 1) * SEGMENT && segments > 1)) throw new ObjectAltered(key);
  return size;
}

function nonce(number: number, isLast: boolean): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt32BE(number, 7);
  bytes[11] = isLast ? 1 : 0;
  return bytes;
}
