import type { FieldMapping, PublicAndFullOrder } from '../../engine/mapping/mapping.ts';
import { orderTypeOf, scalarColumns, tableOfKey, tableOfKind } from '../../model/own-layout.ts';
import {
  isObjectKey,
  isReferenceKey,
  isScalarKey,
  isTermKey,
  type OwnField,
  type ReferenceKey,
  type ScalarKey,
} from '../../model/own-model.ts';
import { enumTypeName, orderName, reverseName } from '../../model/own-names.ts';
import type { FilterFieldSpec } from '../builder/filter-inputs.ts';
import { relationOf, reverseRelationOf } from '../builder/own-data-model.ts';
import type { SchemaBuilder } from '../builder/schema-builder.ts';
import type { FieldBuilder } from '../pothos/pothos-builder.ts';
import { defineOwnObjects } from './own-objects.ts';
import { createOwnValues, type OwnValue, previewOnly } from './own-values.ts';

/** How many things one article is reckoned to name under a key that takes a list. */
const LIST_SIZE = 3;

const KEY_TYPES = { text: 'string', integer: 'int', real: 'float' } as const;

/** What the owner's keys add to articles: fields, filter fields, orders. Defines the types of their objects. */
export function ownArticleKeys(schema: SchemaBuilder) {
  const { model } = schema;
  const values = createOwnValues(schema);
  defineOwnObjects(schema, values);
  const by = schema.filterFields('Article');
  const scalars = model.fields.filter(isScalarKey);
  const references = model.fields.filter(isReferenceKey);
  const orders = scalars.filter(({ isOrder }) => isOrder);

  const filterOf = (field: OwnField): FilterFieldSpec => {
    if (isScalarKey(field)) return values.filter(ownValueOf(field));
    const isOne = field.kind === 'term' || field.kind === 'article' || field.kind === 'object';
    const make = isOne ? by.one : by.few;
    return hideFilter(make(pathOf(field), `What it names meets this: ${describe(field)}`), field);
  };
  const reverseFilter = (field: ReferenceKey): FilterFieldSpec =>
    hideFilter(
      by.many(
        `${reverseRelationOf(field)}.article`,
        `The articles that name it as \`${field.name}\` meet this.`,
      ),
      field,
    );

  return {
    orders: Object.fromEntries(
      orders.map((field): [string, PublicAndFullOrder] => [orderName(field.name), orderOf(field)]),
    ),
    orderDescriptions: Object.fromEntries(orders.map((field) => [orderName(field.name), describe(field)])),
    filters: Object.fromEntries([
      ...model.fields.map((field) => [field.name, filterOf(field)] as const),
      ...references.map((field) => [reverseName(field.name), reverseFilter(field)] as const),
    ]),
    fields: (t: FieldBuilder) =>
      Object.fromEntries([
        ...model.fields.map((field) => [field.name, fieldOf(t, field)] as const),
        ...references.map((field) => [reverseName(field.name), reverseOf(t, field)] as const),
      ]),
  };

  function fieldOf(t: FieldBuilder, field: OwnField) {
    if (isScalarKey(field)) return t.field(values.field(ownValueOf(field)));
    const { joins } = schema.data.joinsOf('Article', pathOf(field));
    const type = schema.mappedTypeOf(targetOf(field)).ref;
    const about = { description: describe(field), extensions: previewOnly(field) };
    if (field.kind === 'term' || field.kind === 'article' || field.kind === 'object') {
      const read: FieldMapping = { kind: 'one', joins };
      return t.field({ type, nullable: true, ...about, read });
    }
    const read: FieldMapping = { kind: 'list', joins, orderBy: 'position', size: LIST_SIZE };
    return t.field({
      type: [type],
      nullable: false,
      ...about,
      args: {
        first: t.arg.int({
          description: 'At most this many, from the beginning (0 to 100). All when left out.',
        }),
      },
      read,
    });
  }

  function reverseOf(t: FieldBuilder, field: ReferenceKey) {
    const { joins } = schema.data.joinsOf('Article', `${reverseRelationOf(field)}.article`);
    const { ref, args } = schema.connectionOf('Article');
    const read: FieldMapping = { kind: 'connection', joins, distinct: true };
    return t.field({
      type: ref,
      nullable: false,
      description: `The articles that name this one as \`${field.name}\`.`,
      extensions: previewOnly(field),
      args,
      read,
    });
  }
}

function ownValueOf(field: ScalarKey): OwnValue {
  const { value, folded } = scalarColumns(field);
  return {
    kind: field.kind,
    values: field.values,
    enumName: enumTypeName(field),
    value,
    folded,
    isNullable: field.default === null,
    isIndexed: field.isIndexed,
    isPublic: field.isPublic,
    description: describe(field),
  };
}

function orderOf(field: ScalarKey): PublicAndFullOrder {
  const { asc, desc } = scalarColumns(field);
  if (asc === null || desc === null) throw new Error(`${field.name} has no order.`);
  const key = { asc, desc, type: KEY_TYPES[orderTypeOf(field.kind)] };
  return { public: key, full: key, isPreviewOnly: !field.isPublic, isOfAllRows: true };
}

function describe({ description, name, from, kind }: OwnField): string {
  if (description !== null) return description;
  const keys = from.map((key) => `\`${key}\``).join(' or ');
  return from.length === 1 && from[0] === name
    ? `The key ${keys} of the file (${kind}).`
    : `From ${keys} of the file (${kind}).`;
}

/** From articles to what a key names. */
function pathOf(field: Exclude<OwnField, ScalarKey>): string {
  if (isTermKey(field)) return `${relationOf(field)}.term`;
  return isObjectKey(field) ? relationOf(field) : `${relationOf(field)}.target`;
}

/** The model of what a key names. */
function targetOf(field: Exclude<OwnField, ScalarKey>): string {
  if (isTermKey(field)) return tableOfKind(field.of);
  return isObjectKey(field) ? tableOfKey(field) : 'Article';
}

function hideFilter(spec: FilterFieldSpec, { isPublic }: OwnField): FilterFieldSpec {
  if (isPublic || spec.kind === 'scalar') return spec;
  return { ...spec, mapping: { ...spec.mapping, isPreviewOnly: true } };
}
