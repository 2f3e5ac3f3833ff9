import { isEnumType, isInputObjectType, isObjectType } from 'graphql';
import { expect, it } from 'vitest';
import {
  ARTICLE_FIELDS,
  ARTICLE_ORDERS,
  ROOT_FIELDS,
  TYPE_ENDINGS,
  TYPE_NAMES,
} from '../../src/model/reserved-names.ts';
import { schema } from '../support/built-in-schema.ts';

function fieldsOf(name: string): string[] {
  const type = schema.getType(name);
  if (!isObjectType(type) && !isInputObjectType(type)) throw new Error(`${name} has no fields.`);
  return Object.keys(type.getFields()).map((field) => field.toLowerCase());
}

it('reserves the names that the API has without keys of the owner', () => {
  expect([...ARTICLE_FIELDS].sort()).toEqual(
    [...new Set([...fieldsOf('Article'), ...fieldsOf('ArticleFilter')])].sort(),
  );
  expect([...ROOT_FIELDS].sort()).toEqual(fieldsOf('Query').sort());
  const order = schema.getType('ArticleOrderField');
  expect([...ARTICLE_ORDERS].sort()).toEqual(
    isEnumType(order)
      ? order
          .getValues()
          .map(({ name }) => name)
          .sort()
      : [],
  );
  const types = Object.keys(schema.getTypeMap()).filter((name) => !name.startsWith('__'));
  expect(types.filter((name) => !TYPE_ENDINGS.test(name) && !TYPE_NAMES.has(name.toLowerCase()))).toEqual([]);
});
