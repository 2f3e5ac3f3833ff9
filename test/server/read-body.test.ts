import { EventEmitter } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { GraphQLError } from 'graphql';
import { expect, it } from 'vitest';
import { createIncomingBodies } from '../../src/server/http/incoming-bodies.ts';
import { readBody } from '../../src/server/http/read-body.ts';

const KIB = 1024;

function request(): IncomingMessage {
  return Object.assign(new EventEmitter(), { headers: {}, destroy() {} }) as unknown as IncomingMessage;
}

it('counts a body until it is answered', async () => {
  const incomingBodies = createIncomingBodies(64 * KIB);
  let answer = () => {};
  const one = request();
  readBody(
    one,
    256 * KIB,
    { incomingBodies, client: 'one' },
    () => new Promise<void>((resolve) => (answer = resolve)),
  );
  one.emit('data', Buffer.alloc(6 * KIB));
  one.emit('end');
  one.emit('close');
  expect(incomingBodies.bytes).toBe(6 * KIB);
  answer();
  await new Promise(setImmediate);
  expect(incomingBodies.bytes).toBe(0);
});

it('refuses bodies of one client that sends many at a time and ends none, and no other’s', () => {
  const incomingBodies = createIncomingBodies(64 * KIB);
  const codes: (string | number)[] = [];
  const send = (client: string) => {
    const one = request();
    readBody(one, 256 * KIB, { incomingBodies, client }, (body: Buffer | GraphQLError) =>
      codes.push(Buffer.isBuffer(body) ? body.length : String(body.extensions.code)),
    );
    one.emit('data', Buffer.alloc(6 * KIB));
    return one;
  };
  const slow = [send('one'), send('one'), send('one')];
  expect(codes).toEqual(['OVERLOADED']);
  const other = send('two');
  other.emit('end');
  expect(codes).toEqual(['OVERLOADED', 6 * KIB]);
  expect(incomingBodies.bytes).toBe(12 * KIB);
  // Ended or broken off, they make room again.
  slow[0]?.emit('end');
  slow[1]?.emit('close');
  for (const one of slow) one.emit('close');
  expect(incomingBodies.bytes).toBe(0);
  send('one').emit('end');
  expect(codes.at(-1)).toBe(6 * KIB);
});
