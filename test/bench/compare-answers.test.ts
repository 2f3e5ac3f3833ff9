import { describe, expect, it } from 'vitest';
import { findDifference } from '../../scripts/bench/lib/compare-answers.ts';
import { watchVersions } from '../../scripts/bench/lib/watch-versions.ts';

const body = (data: unknown, errors?: unknown) => JSON.stringify({ data, errors });

describe('findDifference', () => {
  it('takes answers for equal whatever their cursors and the order of their keys', () => {
    const left = body({ a: { cursor: '1', title: 'x', list: [1, null] } });
    const right = body({ a: { list: [1, null], title: 'x', cursor: '2' } });
    expect(findDifference(left, right)).toBeNull();
  });

  it.each([
    ['another value', { a: [{ b: 1 }] }, { a: [{ b: 2 }] }, 'data.a.0.b: expected 1, got 2'],
    ['null for a list', { a: [] }, { a: null }, 'data.a: expected [], got null'],
    ['a missing key', { a: 1 }, {}, 'data.a: expected 1, got nothing'],
    ['one item more', { a: [] }, { a: [0] }, 'data.a.0: expected nothing, got 0'],
    ['an object for a list', { a: [] }, { a: {} }, 'data.a: expected [], got {}'],
  ])('finds %s', (_name, left, right, expected) => {
    expect(findDifference(body(left), body(right))).toBe(expected);
  });

  it('takes errors, and what is not JSON, for a difference', () => {
    expect(findDifference(body({}), body({}, [{ message: 'no' }]))).toContain('errors');
    expect(findDifference(body({}), '<html>')).toContain('no JSON');
  });
});

describe('watchVersions', () => {
  it('counts an answer as stale only when the newer version was acknowledged before it was asked for', () => {
    const versions = watchVersions();
    const connection = versions.watchConnection();
    const answer = (number: number) => {
      connection.received(Buffer.from(`HTTP/1.1 200 OK\r\n\r\n${body({ contentVersion: { number } })}`));
      connection.answered(200);
    };
    versions.acknowledge(4);
    connection.sent();
    versions.acknowledge(5);
    answer(4);
    expect(versions.stale).toBe(0);
    connection.sent();
    answer(4);
    expect(versions.stale).toBe(1);
    connection.sent();
    connection.answered(200);
    expect(versions).toMatchObject({ stale: 1, unversioned: 1, seen: 4 });
  });
});
