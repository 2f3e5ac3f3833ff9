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

/** Whether the peer is this machine, and spoke for nobody else. */
export function isLocal(question: Question): boolean {
  if (header(question, 'x-forwarded-for') !== undefined || header(question, 'forwarded') !== undefined)
    return false;
  const address = question.address.replace(/^::ffff:/, '');
  return address === '::1' || address.startsWith('127.');
}
