import { expect, it } from 'vitest';
import { createSchemaBuilder } from '../../src/graphql/builder/schema-builder.ts';
import type { Keys } from '../../src/model/built-in/key.ts';
import { noOwnKeys } from '../../src/model/own-model.ts';

const schema = createSchemaBuilder(noOwnKeys);
const filter = 'Conditions on it.';
const line = { kind: 'line', max: 300 } as const;
const mappingsOf = (keys: Keys) => {
  const specs = schema.keyFilters('Article', keys);
  return Object.fromEntries(Object.entries(specs).map(([name, { mapping }]) => [name, mapping]));
};

it('how a text is compared follows from the columns and indexes that it has', () => {
  const key = { value: line, description: 'A text.' };
  expect(
    mappingsOf({
      title: { ...key, column: { filter, folded: 'always', order: 'The title.', isRequired: true } },
      type: { ...key, column: { filter, folded: 'always', isRequired: true } },
      category: { ...key, column: { filter, folded: 'always', index: 'group' } },
      excerpt: { ...key, column: { filter, folded: 'when needed' } },
      slug: { value: { kind: 'slug' }, description: 'A slug.', column: { filter, index: 'value' } },
    }),
  ).toMatchObject({
    title: { column: 'titleFolded', fold: 'case', indexed: 'value', nullable: false },
    type: { column: 'typeFolded', fold: 'case', indexed: null, nullable: false },
    category: { column: 'categoryFolded', fold: 'case', indexed: 'group', nullable: true },
    excerpt: { column: 'excerpt', fold: 'case', lower: { unless: 'excerptFolded' } },
    slug: { column: 'slug', fold: 'none', indexed: 'value' },
  });
});

it('a filter that nothing could answer is a mistake in the model', () => {
  const key = { description: 'A value.', column: { filter } };
  expect(() => mappingsOf({ title: { ...key, value: line } })).toThrow(/needs a folded column/);
  expect(() => mappingsOf({ webUrl: { ...key, value: { kind: 'link' } } })).toThrow(/of the kind link/);
});
