import {
  isObjectKey,
  isReferenceKey,
  isScalarKey,
  type OwnField,
  type OwnModel,
  type ScalarKind,
  termKinds,
} from '../../../src/model/own-model.ts';
import { objectTypeName, reverseName } from '../../../src/model/own-names.ts';
import type { OwnScalar } from '../../../src/model/own-values.ts';
import type { FilterField } from './filter-fields.ts';
import { type ObjectRow, type ThingRow, thingField } from './own-world.ts';
import type { ArticleRow, Row } from './world.ts';

/** Filter fields by type and name. */
export type OwnFilters = ReadonlyMap<string, ReadonlyMap<string, FilterField<Row>>>;

/** The filter fields that the owner's keys add. */
export function ownFilters(model: OwnModel): OwnFilters {
  const article = new Map<string, FilterField<Row>>();
  for (const field of model.fields) {
    article.set(field.name, filterOf(field));
    if (isReferenceKey(field)) {
      const back = reverseName(field.name);
      article.set(back, { many: (row) => (row as ArticleRow).back.get(back) ?? [] });
    }
  }
  const filters = new Map([['Article', article]]);
  for (const field of model.fields.filter(isObjectKey)) {
    const parts = field.fields.map(
      ({ name, kind }) =>
        [name, conditionsOn(kind, (row) => (row as ObjectRow).values.get(name) ?? null)] as const,
    );
    filters.set(objectTypeName(field), new Map(parts));
  }
  for (const [kind, keys] of termKinds(model)) {
    const thing = new Map<string, FilterField<Row>>([
      ['name', { text: (row) => (row as ThingRow).name }],
      ['slug', { text: (row) => (row as ThingRow).slug }],
    ]);
    for (const key of keys) {
      const field = thingField(key, keys);
      thing.set(field, { many: (row) => (row as ThingRow).back.get(field) ?? [] });
    }
    filters.set(kind, thing);
  }
  return filters;
}

function filterOf(field: OwnField): FilterField<Row> {
  const { name } = field;
  if (isScalarKey(field))
    return conditionsOn(field.kind, (row) => (row as ArticleRow).record.own.scalars.get(name) ?? null);
  const many = (row: Row) => (row as ArticleRow).own.get(name) ?? [];
  const isOne = field.kind === 'term' || field.kind === 'article' || field.kind === 'object';
  return isOne ? { one: (row) => many(row)[0] ?? null } : { many };
}

/** Texts are compared without case; URLs and the names of an enum letter by letter. */
function conditionsOn(kind: ScalarKind, read: (row: Row) => OwnScalar): FilterField<Row> {
  const text = (row: Row) => read(row) as string | null;
  switch (kind) {
    case 'text':
      return { text };
    case 'url':
    case 'enum':
      return { exact: text };
    case 'date':
      return { moment: text };
    case 'int':
    case 'float':
    case 'boolean':
      return { value: (row) => read(row) as number | boolean | null };
  }
}
