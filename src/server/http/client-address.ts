import { header, type Question } from './exchange.ts';

/**
 * The client's address as far as it can be believed: each trusted proxy appends the peer it saw to `X-Forwarded-For`,
 * so with `trustedProxies` of them the client stands that many entries from the end; what is further left is the
 * client's own claim.
 */
export function findClientAddress(question: Question, trustedProxies: number): string {
  if (trustedProxies === 0) return question.address;
  const value = question.headers['x-forwarded-for'];
  const forwarded = (Array.isArray(value) ? value.join(',') : (value ?? ''))
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
  return forwarded.at(-trustedProxies) ?? forwarded[0] ?? question.address;
}

/** By any of these a request says that it was passed on; the first is the one whose entries can be counted. */
const FORWARDING_HEADERS = [
  'x-forwarded-for',
  'forwarded',
  'via',
  'x-real-ip',
  'x-forwarded-host',
  'x-forwarded-proto',
] as const;

/**
 * Whether the client is this machine: the peer is, and either spoke for nobody else, or is one of the trusted proxies,
 * which name this machine as their client.
 */
export function isLocal(question: Question, trustedProxies: number): boolean {
  if (!isLoopback(question.address)) return false;
  if (FORWARDING_HEADERS.every((name) => header(question, name) === undefined)) return true;
  if (trustedProxies === 0 || header(question, 'x-forwarded-for') === undefined) return false;
  return isLoopback(findClientAddress(question, trustedProxies));
}

function isLoopback(address: string): boolean {
  const plain = address.replace(/^::ffff:/, '');
  return plain === '::1' || /^127\.\d+\.\d+\.\d+$/.test(plain);
}
