import type { Request } from 'express';
import ipaddr from 'ipaddr.js';

/** An IPv6 subscriber gets a network of this many bits, so that is whom to count. */
const SUBSCRIBER_BITS = 64;
const NO_HOST = Array<number>(8).fill(0);

/**
 * Whom to count when limiting rates: the IPv4 address, or the IPv6 network of 64 bits, which is what one subscriber
 * gets. Not personal proof of anything, and never stored or logged.
 */
export function clientAddress(request: Request): string {
  const given = request.ip ?? '';
  if (!ipaddr.isValid(given)) return 'unknown';
  const address = ipaddr.process(given); // an IPv4 address in an IPv6 coat is the IPv4 address
  if (address.kind() === 'ipv4') return address.toString();
  const subscriber = new ipaddr.IPv6([...address.toByteArray().slice(0, SUBSCRIBER_BITS / 8), ...NO_HOST]);
  return `${subscriber.toString()}/${SUBSCRIBER_BITS}`;
}
