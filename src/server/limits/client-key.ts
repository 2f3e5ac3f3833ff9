import { createHash } from 'node:crypto';
import type { Reader } from '../access/readers.ts';
import { findClientAddress } from '../http/client-address.ts';
import type { GatewayRequest } from '../http/exchange.ts';

// Clients' keys are kept in maps of many; a subject or what stands in a header may be as long as all headers together.
const MAX_LENGTH = 100;

/**
 * For whom a request is asked, where what there is must be shared between clients: the name of a static token, the
 * subject of a JSON Web Token, else the address.
 */
export function clientKey(request: GatewayRequest, reader: Reader, trustedProxies: number): string {
  return readerKey(reader) ?? addressKey(request, trustedProxies);
}

/** The part of the key that a token gives; null when the reader has none, or one that names nobody. */
export function readerKey({ name, subject }: Pick<Reader, 'name' | 'subject'>): string | null {
  if (name !== null) return bounded(`name ${name}`);
  return subject === undefined ? null : bounded(`subject ${subject}`);
}

/** The key of an address. Of IPv6 the first 64 bits: one host has all addresses behind them (RFC 4291, section 2.5.4). */
export function addressKey(request: GatewayRequest, trustedProxies: number): string {
  return bounded(`address ${networkOf(findClientAddress(request, trustedProxies))}`);
}

function bounded(key: string): string {
  return key.length <= MAX_LENGTH ? key : `sha256 ${createHash('sha256').update(key).digest('base64')}`;
}

function networkOf(address: string): string {
  if (!address.includes(':') || address.includes('.')) return address;
  const [head = '', tail] = address.split('::');
  const groups = head === '' ? [] : head.split(':');
  const rest = tail ? tail.split(':').length : 0;
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - groups.length - rest);
  const all = [...groups, ...new Array(zeros).fill('0'), ...(tail ? tail.split(':') : [])];
  return all
    .slice(0, 4)
    .map((group) => group.toLowerCase().replace(/^0+(?=.)/, ''))
    .join(':');
}
