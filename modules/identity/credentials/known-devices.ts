import { randomBytes, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { KeyRing } from '#platform/key-ring/key-ring.js';
import { Clock } from './clock.js';

const PURPOSE = 'known device';
/** How long a browser is known after somebody signed in there. */
export const DEVICE_KNOWN_MS = 180 * 24 * 60 * 60 * 1000;
/** People who share a computer: those who signed in there last are known. */
const MOST_PEOPLE = 5;
const MARK = /^([A-Za-z0-9_-]{22})\.(\d{10})\.([A-Za-z0-9_-]{43})$/;

/** A browser in which somebody has signed in before, as its cookie says it. */
export interface KnownDevice {
  /** 128 random bits, base64url. */
  readonly id: string;
}

/**
 * Marks for browsers in which somebody has proven their password: strangers' guesses elsewhere must not lock them out
 * there. A mark opens nothing, names nobody, and is good for the e-mail address alone that it was made for. It is a MAC
 * under a secret that is not rotated, since signatures do not live that long.
 */
@Injectable()
export class KnownDevices {
  constructor(
    private readonly keys: KeyRing,
    private readonly clock: Clock,
  ) {}

  /** The device, if one of the cookie's marks is this account's. */
  async find(cookie: string | null, account: Buffer): Promise<KnownDevice | null> {
    for (const mark of marksIn(cookie)) {
      const [, id, until, mac] = MARK.exec(mark)!;
      const right = Buffer.from(await this.macOf(account, id!, until!));
      if (timingSafeEqual(right, Buffer.from(mac!)) && Number(until) * 1000 > this.clock.now().getTime())
        return { id: id! };
    }
    return null;
  }

  /** The cookie of a device where this account's password has just been proven: its mark, before those of others. */
  async remember(cookie: string | null, account: Buffer): Promise<string> {
    const known = await this.find(cookie, account);
    const id = known?.id ?? randomBytes(16).toString('base64url');
    const until = String(Math.floor((this.clock.now().getTime() + DEVICE_KNOWN_MS) / 1000));
    const others = marksIn(cookie).filter((mark) => !mark.startsWith(`${known?.id}.`));
    return [`${id}.${until}.${await this.macOf(account, id, until)}`, ...others].slice(0, MOST_PEOPLE).join('~');
  }

  private async macOf(account: Buffer, id: string, until: string): Promise<string> {
    const mac = await this.keys.blindIndex(PURPOSE, `${account.toString('hex')} ${id} ${until}`);
    return mac.toString('base64url');
  }
}

function marksIn(cookie: string | null): string[] {
  const marks = (cookie ?? '').slice(0, 1000).split('~');
  return marks.filter((mark) => MARK.test(mark)).slice(0, MOST_PEOPLE);
}
