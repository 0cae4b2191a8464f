import type { Request } from 'express';
import ipaddr from 'ipaddr.js';

/** An IPv6 subscriber gets a network of this many bits, so that is whom to count. */
const SUBSCRIBER_BITS = 64;
const NO_HOST = Array<number>(8).fill(0);

/** Some proxies write the port behind the address, and IPv6 in brackets. */
const WITH_PORT = /^"?(?:\[([^\]]{2,45})\]|(\d{1,3}(?:\.\d{1,3}){3}))(?::\d{1,5})?"?$/;

/**
 * Whom to count when limiting rates: the IPv4 address, or the IPv6 network of 64 bits, which is what one subscriber
 * gets. Of what cannot be read, the address that it came from. Not personal proof of anything, and never stored or logged.
 */
export function clientAddress(request: Request): string {
  const given = [request.ip, request.socket.remoteAddress].map(bare).find((each) => ipaddr.isValid(each));
  if (!given) return 'unknown';
  const address = ipaddr.process(given); // an IPv4 address in an IPv6 coat is the IPv4 address
  if (address.kind() === 'ipv4') return address.toString();
  const subscriber = new ipaddr.IPv6([...address.toByteArray().slice(0, SUBSCRIBER_BITS / 8), ...NO_HOST]);
  return `${subscriber.toString()}/${SUBSCRIBER_BITS}`;
}

function bare(text = ''): string {
  const [, v6, v4] = WITH_PORT.exec(text.trim()) ?? [];
  return v6 ?? v4 ?? text.trim();
}
