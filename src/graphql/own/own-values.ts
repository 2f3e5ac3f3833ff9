import type { ColumnEncoding, FieldMapping, FilterField } from '../../engine/mapping/mapping.ts';
import type { EnumValue, ScalarKind } from '../../model/own-model.ts';
import type { FilterFieldSpec } from '../builder/filter-inputs.ts';
import type { SchemaBuilder } from '../builder/schema-builder.ts';
import type { InputRef } from '../pothos/pothos-builder.ts';

/** One value of the owner's, of an article or of an object: what it is, and where it stands in the database. */
export interface OwnValue {
  kind: ScalarKind;
  values: readonly EnumValue[];
  /** Of its type, if it is an enum. */
  enumName: string;
  /** Its columns, as of `scalarColumns`. */
  value: string;
  folded: string | null;
  isNullable: boolean;
  isIndexed: boolean;
  isPublic: boolean;
  /** What it is in the words of the owner, or of ours. */
  description: string;
}

const SCALAR_TYPES = {
  text: 'String',
  url: 'URL',
  int: 'Int',
  float: 'Float',
  boolean: 'Boolean',
  date: 'DateTime',
} as const;

const FILTER_TYPES = {
  text: 'string',
  url: 'string',
  enum: 'string',
  int: 'number',
  float: 'float',
  boolean: 'boolean',
  date: 'date',
} as const;

const ENCODINGS: Partial<Record<ScalarKind, ColumnEncoding>> = { boolean: 'boolean', float: 'float' };

/** Makers of the GraphQL of single values, for one schema. */
export function createOwnValues({ pothos }: SchemaBuilder) {
  const enums = new Map<string, ReturnType<typeof addEnum>>();
  let floatFilter: InputRef | null = null;

  const addEnum = (name: string, values: readonly EnumValue[]) =>
    pothos.enumType(name, {
      description: `What \`${name}\` may be.`,
      values: Object.fromEntries(
        values.map(({ name: value, text }) => [value, { description: `\`${text}\` in the files.` }]),
      ),
    });

  const enumOf = ({ enumName, values }: OwnValue) => {
    const known = enums.get(enumName) ?? addEnum(enumName, values);
    enums.set(enumName, known);
    return known;
  };

  const enumFilter = (value: OwnValue): InputRef => {
    const type = enumOf(value);
    return pothos.inputType(`${value.enumName}Filter`, {
      description: `Conditions on ${value.enumName}, all of which must hold.`,
      fields: (t) => ({
        eq: t.field({ type, description: 'Is this.' }),
        ne: t.field({ type, description: 'Is not this, or is missing.' }),
        in: t.field({ type: [type], description: 'Is one of these.' }),
        notIn: t.field({ type: [type], description: 'Is none of these, or is missing.' }),
        isNull: t.boolean({ description: 'Is missing (true) or present (false).' }),
      }),
    });
  };

  const inputOf = (value: OwnValue): InputRef | undefined => {
    if (value.kind === 'enum') return enumFilter(value);
    if (value.kind !== 'float') return undefined;
    floatFilter ??= addFloatFilter(pothos);
    return floatFilter;
  };

  return {
    /** The type and mapping of a field. */
    field(value: OwnValue) {
      const read: FieldMapping = {
        kind: 'column',
        joins: [],
        column: value.value,
        encoding: ENCODINGS[value.kind] ?? 'plain',
      };
      return {
        type: value.kind === 'enum' ? enumOf(value) : SCALAR_TYPES[value.kind],
        nullable: value.isNullable,
        description: value.description,
        extensions: previewOnly(value),
        read,
      };
    },

    /** Conditions on the value. */
    filter(value: OwnValue): FilterFieldSpec {
      const { kind, folded, isIndexed } = value;
      const isText = kind === 'text';
      const mapping: Extract<FilterField, { kind: 'scalar' }> = {
        kind: 'scalar',
        // Without an index the folded column is null where lower case says the same.
        column: isText && isIndexed && folded ? folded : value.value,
        nullable: value.isNullable,
        type: FILTER_TYPES[kind],
        fold: isText ? 'case' : 'none',
        lower: isText && !isIndexed && folded ? { unless: folded } : null,
        indexed: isIndexed ? 'group' : null,
        isPreviewOnly: !value.isPublic,
      };
      const input = inputOf(value);
      const description = `Conditions on it: ${value.description}`;
      return { kind: 'scalar', description, mapping, ...(input && { input }) };
    },
  };
}

/** The extensions of a field that is for readers with the preview scope alone. */
export function previewOnly({ isPublic }: { isPublic: boolean }): { isPreviewOnly?: true } {
  return isPublic ? {} : { isPreviewOnly: true };
}

function addFloatFilter(pothos: SchemaBuilder['pothos']): InputRef {
  return pothos.inputType('FloatFilter', {
    description:
      'Conditions on a number, all of which must hold. A missing number is never equal, less or greater.',
    fields: (t) => ({
      eq: t.float({ description: 'Is this.' }),
      ne: t.float({ description: 'Is not this, or is missing.' }),
      in: t.floatList({ description: 'Is one of these.' }),
      notIn: t.floatList({ description: 'Is none of these, or is missing.' }),
      lt: t.float({ description: 'Is less.' }),
      lte: t.float({ description: 'Is less or equal.' }),
      gt: t.float({ description: 'Is greater.' }),
      gte: t.float({ description: 'Is greater or equal.' }),
      isNull: t.boolean({ description: 'Is missing (true) or present (false).' }),
    }),
  });
}
