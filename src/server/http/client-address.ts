import { type GatewayRequest, header } from './exchange.ts';

/**
 * The client's address as far as it can be believed: each trusted proxy appends the peer it saw to `X-Forwarded-For`,
 * so with `trustedProxies` of them the client stands that many entries from the end; what is further left is the
 * client's own claim.
 */
export function findClientAddress(request: GatewayRequest, trustedProxies: number): string {
  if (trustedProxies === 0) return request.address;
  const value = request.headers['x-forwarded-for'];
  const forwarded = (Array.isArray(value) ? value.join(',') : (value ?? ''))
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
  return forwarded.at(-trustedProxies) ?? forwarded[0] ?? request.address;
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
export function isLocal(request: GatewayRequest, trustedProxies: number): boolean {
  if (!isLoopback(request.address)) return false;
  if (FORWARDING_HEADERS.every((name) => header(request, name) === undefined)) return true;
  if (trustedProxies === 0 || header(request, 'x-forwarded-for') === undefined) return false;
  return isLoopback(findClientAddress(request, trustedProxies));
}

function isLoopback(address: string): boolean {
  const plain = address.replace(/^::ffff:/, '');
  return plain === '::1' || /^127\.\d+\.\d+\.\d+$/.test(plain);
}
