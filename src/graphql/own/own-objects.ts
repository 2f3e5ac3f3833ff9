import { partColumns, tableOfKey } from '../../model/own-layout.ts';
import { isObjectKey, type ObjectKey, type PartKey } from '../../model/own-model.ts';
import { enumTypeName, objectTypeName } from '../../model/own-names.ts';
import { visibleWhen } from '../builder/mapped-type.ts';
import type { SchemaBuilder } from '../builder/schema-builder.ts';
import type { createOwnValues, OwnValue } from './own-values.ts';

/** Adds the types of the objects that the owner's keys hold, each with its filter. */
export function defineOwnObjects(schema: SchemaBuilder, values: ReturnType<typeof createOwnValues>): void {
  for (const field of schema.model.fields.filter(isObjectKey)) defineObject(schema, values, field);
}

function defineObject(
  schema: SchemaBuilder,
  values: ReturnType<typeof createOwnValues>,
  field: ObjectKey,
): void {
  const typeName = objectTypeName(field);
  const model = tableOfKey(field);
  const type = schema.mappedType(model, {
    typeName,
    idPrefix: null,
    visibility: visibleWhen('isPublic'),
    unique: [{ column: 'id', type: 'int' }],
  });
  const parts = field.fields.map((part) => ({ name: part.name, value: ownValueOf(part, field, typeName) }));
  schema.filterInput(
    typeName,
    Object.fromEntries(parts.map(({ name, value }) => [name, values.filter(value)])),
    { model, hasLists: field.kind === 'list' },
  );
  type.ref.implement({
    description: field.description ?? `What \`${field.name}\` of an article is made of.`,
    extensions: { table: type.table, purgeKey: 'part' },
    fields: (t) => Object.fromEntries(parts.map(({ name, value }) => [name, t.field(values.field(value))])),
  });
}

/** Objects of a key that is not for everybody are hidden with it, so that their fields need not be. */
function ownValueOf(part: PartKey, { name }: ObjectKey, typeName: string): OwnValue {
  return {
    kind: part.kind,
    values: part.values,
    enumName: enumTypeName(part, typeName),
    ...partColumns(part),
    isNullable: true,
    isIndexed: false,
    isPublic: true,
    description: part.description ?? `\`${part.from[0] ?? part.name}\` of \`${name}\`.`,
  };
}
