import { parse } from 'graphql';
import { expect, it } from 'vitest';
import { findOperation, type Operation } from '../../src/graphql/operations/execute-operation.ts';

it('a fragment may have any name, and there are no others', () => {
  const document = parse('{ ...__proto__ } fragment __proto__ on Query { __typename }');
  const { fragments } = findOperation({ document }) as Operation;
  expect(Object.keys(fragments)).toEqual(['__proto__']);
  expect(fragments.constructor).toBeUndefined();
});
