import { expect, it } from 'vitest';
import { PUBLIC_READER } from '../../src/server/access/readers.ts';
import { EMPTY_BODY, type GatewayRequest } from '../../src/server/http/exchange.ts';
import { clientKey } from '../../src/server/limits/client-key.ts';

const from = (address: string, forwarded?: string): GatewayRequest => ({
  method: 'POST',
  url: '/graphql',
  headers: { 'x-forwarded-for': forwarded },
  body: EMPTY_BODY,
  address,
});
const { scopes } = PUBLIC_READER;

it('is the token, else the subject, else the address', () => {
  const request = from('192.0.2.1');
  expect(clientKey(request, { name: 'site', scopes }, 0)).toBe('name site');
  expect(clientKey(request, { name: null, scopes, subject: 'site' }, 0)).toBe('subject site');
  expect(clientKey(request, PUBLIC_READER, 0)).toBe('address 192.0.2.1');
});

it('believes as many proxies as are trusted', () => {
  expect(clientKey(from('192.0.2.1', '198.51.100.7'), PUBLIC_READER, 0)).toBe('address 192.0.2.1');
  expect(clientKey(from('192.0.2.1', '203.0.113.9, 198.51.100.7'), PUBLIC_READER, 1)).toBe(
    'address 198.51.100.7',
  );
});

it.each([
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:db8:1:2::9', '2001:db8:1:2'],
  ['2001:0DB8:0001:0002::', '2001:db8:1:2'],
  ['2001:db8::9', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
  ['::ffff:192.0.2.1', '::ffff:192.0.2.1'],
])('of the IPv6 address %s the network: %s', (address, network) => {
  expect(clientKey(from(address), PUBLIC_READER, 0)).toBe(`address ${network}`);
});

it('has a bounded length, and is another for each who is another', () => {
  const long = 'x'.repeat(100_000);
  const keys = [
    clientKey(from('192.0.2.1', `${long}a`), PUBLIC_READER, 1),
    clientKey(from('192.0.2.1', `${long}b`), PUBLIC_READER, 1),
    clientKey(from('192.0.2.1'), { name: null, scopes, subject: `${long}a` }, 0),
    clientKey(from('192.0.2.1'), { name: `${long}a`, scopes }, 0),
  ];
  expect(keys.every((key) => key.length <= 100)).toBe(true);
  expect(new Set(keys).size).toBe(keys.length);
  expect(clientKey(from('192.0.2.1', `${long}a`), PUBLIC_READER, 1)).toBe(keys[0]);
});
