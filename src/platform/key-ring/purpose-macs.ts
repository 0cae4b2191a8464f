import { timingSafeEqual, type KeyObject } from 'node:crypto';
import type { KeyEncryptionKeys, SigningSecret } from './key-encryption-keys.js';
import { hmac, purposeKey } from './sealed-blob.js';

/** HMACs under the ring's own secrets, with a key for each purpose: signatures by versions, blind indexes for ever. */
export class PurposeMacs {
  /** There are a handful of purposes and versions, and every request with a capability asks for one of them. */
  private readonly keys = new Map<string, { secret: Buffer; key: KeyObject }>();

  constructor(private readonly secrets: KeyEncryptionKeys) {}

  async sign(purpose: string, text: string): Promise<string> {
    const newest = await this.secrets.signingSecret();
    if (!newest) throw new Error('There is no secret to sign with');
    return this.signatureOf(newest, purpose, text);
  }

  async isSignature(purpose: string, text: string, signature: string): Promise<boolean> {
    const [, version = '0'] = /^([1-9]\d{0,8})\./.exec(signature) ?? [];
    const secret = await this.secrets.signingSecret(Number(version));
    if (!secret) return false;
    // Compared as text: base64url spells the same bytes in several ways, and only ours is right.
    const [right, offered] = [Buffer.from(this.signatureOf(secret, purpose, text)), Buffer.from(signature)];
    return right.length === offered.length && timingSafeEqual(right, offered);
  }

  async blindIndex(purpose: string, value: string): Promise<Buffer> {
    return hmac(this.keyFor(await this.secrets.blindIndexSecret(), `blind-index/${purpose}`), value);
  }

  private signatureOf({ version, secret }: SigningSecret, purpose: string, text: string): string {
    const mac = (label: string) => hmac(this.keyFor(secret, label), text).toString('base64url');
    // Before there were versions, the blind index's secret signed too. It names none to this day, since programs from
    // then may run beside this one while it is deployed.
    return version === 0 ? mac(`blind-index/${purpose}`) : `${version}.${mac(`sign/${version}/${purpose}`)}`;
  }

  private keyFor(secret: Buffer, label: string): KeyObject {
    const known = this.keys.get(label);
    if (known?.secret.equals(secret)) return known.key;
    const key = purposeKey(secret, label);
    this.keys.set(label, { secret, key });
    return key;
  }
}
