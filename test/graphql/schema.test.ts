import { readFileSync } from 'node:fs';
import {
  type GraphQLArgument,
  type GraphQLNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
  lexicographicSortSchema,
  printSchema,
  validateSchema,
} from 'graphql';
import { describe, expect, test } from 'vitest';
import { sharedKinds } from '../../src/model/kinds/shared-kinds.ts';
import { schema } from '../support/built-in-schema.ts';

const types = Object.values(schema.getTypeMap()).filter(
  (type) => !type.name.startsWith('__') && !isSpecifiedScalarType(type),
);

/** Everything in a type that a description belongs to, by its coordinate (GraphQL specification, 3.14). */
function described(type: GraphQLNamedType): [coordinate: string, description: string | null | undefined][] {
  const own: [string, string | null | undefined] = [type.name, type.description];
  if (isEnumType(type))
    return [
      own,
      ...type
        .getValues()
        .map(({ name, description }) => [`${type.name}.${name}`, description] as [string, string]),
    ];
  if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) return [own];
  const fields = Object.values(type.getFields()).flatMap((field) => {
    const here: [string, string | null | undefined] = [`${type.name}.${field.name}`, field.description];
    const args: readonly GraphQLArgument[] = 'args' in field ? field.args : [];
    return [here, ...args.map(({ name, description }): typeof here => [`${here[0]}(${name}:)`, description])];
  });
  return [own, ...fields];
}

describe('the schema', () => {
  test('is valid', () => {
    expect(validateSchema(schema)).toEqual([]);
  });

  test('is printed in schema.graphql; `npm run schema` writes it anew', () => {
    const committed = readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8');
    expect(committed).toBe(`${printSchema(lexicographicSortSchema(schema))}\n`);
  });

  test.each(types)('$name and all in it have a description that is a sentence', (type) => {
    for (const [coordinate, description] of described(type)) {
      expect(`${coordinate}: ${description ?? ''}`).toMatch(/: \S.*[.`]$/s);
    }
  });

  test('scalars of our own name their specification', () => {
    const scalars = types.filter(isScalarType);
    expect(scalars.map(({ name }) => name).sort()).toEqual(['DateTime', 'URL']);
    for (const { specifiedByURL } of scalars) expect(specifiedByURL).toMatch(/^https:\/\//);
  });

  test('whatever has an id is a Node', () => {
    const withId = types.filter(isObjectType).filter((type) => 'id' in type.getFields());
    const kinds = sharedKinds.map(({ type }) => type);
    expect(withId.map(({ name }) => name).sort()).toEqual(
      ['Article', 'Image', 'Provider', 'RelatedLink', ...kinds].sort(),
    );
    for (const type of withId) expect(type.getInterfaces().map(({ name }) => name)).toEqual(['Node']);
  });
});
