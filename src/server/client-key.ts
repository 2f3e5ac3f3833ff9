import { findClientAddress } from './client-address.ts';
import type { Question } from './exchange.ts';
import type { Reader } from './readers.ts';

/**
 * For whom a question is asked, where what there is must be shared between clients: the name of a static token, the
 * subject of a JSON Web Token, else the address. Of IPv6 the first 64 bits: one host has all addresses behind them
 * (RFC 4291, section 2.5.4).
 */
export function clientKey(question: Question, reader: Reader, trustedProxies: number): string {
  if (reader.name !== null) return `name ${reader.name}`;
  if (reader.subject !== undefined) return `subject ${reader.subject}`;
  return `address ${networkOf(findClientAddress(question, trustedProxies))}`;
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
