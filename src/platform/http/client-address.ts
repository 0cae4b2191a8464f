import { isIPv6 } from 'node:net';
import type { Request } from 'express';

/**
 * Whom to count when limiting rates: the IPv4 address, or the IPv6 network of 64 bits, which is what one subscriber
 * gets. Not personal proof of anything, and never stored or logged.
 */
export function clientAddress(request: Request): string {
  const address = (request.ip ?? 'unknown').replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '').replace(/%.*$/, '');
  return isIPv6(address) ? `${expanded(address).slice(0, 4).join(':')}::/64` : address;
}

function expanded(address: string): string[] {
  const [head = '', tail] = address.toLowerCase().split('::');
  const [front, back] = [head.split(':').filter(Boolean), (tail ?? '').split(':').filter(Boolean)];
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - front.length - back.length);
  return [...front, ...Array<string>(zeros).fill('0'), ...back].map((group) => group.replace(/^0+(?=.)/, ''));
}
