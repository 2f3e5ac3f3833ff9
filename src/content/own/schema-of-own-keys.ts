import {
  isObjectKey,
  isScalarKey,
  type OwnField,
  type PartKey,
  type ScalarKey,
} from '../../model/own-model.ts';
import type { JsonSchema } from '../fields/field-table.ts';
import { listOf } from '../fields/read-list.ts';
import { dateTimeSchema, integerSchema, textSchema, urlSchema } from '../fields/read-value.ts';
import { LEAST_INT } from './read-own-scalar.ts';

/** JSON Schemas (draft 2020-12) of the keys of a model, under all of their names. */
export function schemasOfOwnKeys(fields: readonly OwnField[]): Map<string, JsonSchema> {
  return schemasByName(fields, schemaOf);
}

/** The first field that has a name describes it. */
function schemasByName<F extends OwnField | PartKey>(
  fields: readonly F[],
  schemaOfField: (field: F) => JsonSchema,
): Map<string, JsonSchema> {
  const schemas = new Map<string, JsonSchema>();
  for (const field of fields) {
    const schema = schemaOfField(field);
    const [first = field.name] = field.from;
    for (const key of field.from) {
      const other = key === first ? '' : `Another name of \`${first}\`. `;
      const description = `${other}${field.description ?? ''}`.trim();
      if (!schemas.has(key)) schemas.set(key, description === '' ? schema : { ...schema, description });
    }
  }
  return schemas;
}

function schemaOf(field: OwnField): JsonSchema {
  if (isScalarKey(field)) {
    return field.default === null
      ? schemaOfScalar(field)
      : { ...schemaOfScalar(field), default: shownDefault(field) };
  }
  if (!isObjectKey(field)) return field.kind === 'article' ? textSchema : listOf(nameSchema);
  const parts = Object.fromEntries(schemasByName(field.fields, schemaOfScalar));
  const object = { type: ['object', 'string', 'null'], properties: parts, additionalProperties: true };
  return field.kind === 'list' ? listOf(object) : object;
}

/** A term, or a reference in a list. */
const nameSchema: JsonSchema = { type: [...textSchema.type, 'object', 'array'] };

/** As authors write it. */
function shownDefault({ values, default: value }: ScalarKey): ScalarKey['default'] {
  return values.find(({ name }) => name === value)?.text ?? value;
}

function schemaOfScalar({ kind, values }: ScalarKey | PartKey): JsonSchema {
  switch (kind) {
    case 'text':
      return textSchema;
    case 'url':
      return urlSchema;
    case 'int':
      return integerSchema(LEAST_INT);
    case 'float':
      return { type: ['number', 'string', 'null'] };
    case 'date':
      return dateTimeSchema;
    case 'boolean':
      return { enum: [true, false, 'true', 'false', null] };
    case 'enum':
      return { enum: [...values.map(({ text }) => text), ...otherThanText(values), null] };
  }
}

/** Values that an editor takes for something else than text when they stand without quotes. */
function otherThanText(values: ScalarKey['values']): (boolean | number)[] {
  return values.flatMap(({ text }): (boolean | number)[] => {
    if (/^(?:true|false)$/iu.test(text)) return [text.toLowerCase() === 'true'];
    return text.trim() !== '' && Number.isFinite(Number(text)) ? [Number(text)] : [];
  });
}
