import { foldText } from '../../text/keys/fold-text.ts';
import type { ModelName } from '../builder/data-model.ts';
import type { FilterFieldSpec } from '../builder/filter-inputs.ts';
import { visibleWhen } from '../builder/mapped-type.ts';
import { countOrder, orderKey } from '../builder/order-inputs.ts';
import type { SchemaBuilder } from '../builder/schema-builder.ts';
import type { PurgeKey } from '../purge-keys.ts';

/** What a kind of label is called. */
export interface LabelWords {
  /** The type's name; the model's when left out. */
  typeName?: string;
  idPrefix: string;
  /** The sentence that describes it. */
  about: string;
  /** The root fields for one and for all. */
  one: string;
  many: string;
  /** Of one. */
  purgeKey: PurgeKey;
  /** The fields that lead to its articles. */
  reverse: readonly LabelArticles[];
}

/** A field of a label with its articles. */
export interface LabelArticles {
  name: string;
  path: string;
  description: string;
  /** As of `joinsOf`. */
  carried: Readonly<Record<string, string>>;
  isPublic: boolean;
}

/** The type over a model of names under which articles stand, with its filter, order, connection and root fields. */
export function labelType(
  schema: SchemaBuilder,
  model: ModelName,
  { typeName = model, idPrefix, about, one, many, purgeKey, reverse }: LabelWords,
): void {
  const Label = schema.mappedType(model, {
    typeName,
    idPrefix,
    visibility: visibleWhen('isPublic'),
    orders: {
      NAME: orderKey('nameFolded', 'string'),
      ARTICLE_COUNT: countOrder({ public: 'publicArticleCount', full: 'articleCount' }),
    },
    defaultOrder: [{ field: 'NAME', direction: 'ASC' }],
  });

  const by = schema.filterFields(model);

  const filter = schema.filterInput(
    typeName,
    {
      name: by.indexedText('nameFolded', 'Conditions on the name.'),
      slug: by.indexedText('slug', 'Conditions on the slug.'),
      ...Object.fromEntries(
        reverse.map(({ name, path, isPublic }) => {
          const spec = by.many(path, 'Its articles meet this.');
          return [name, isPublic ? spec : hidden(spec)];
        }),
      ),
    },
    { model },
  );

  const orderBy = schema.orderInput(typeName, {
    NAME: 'The name, ignoring case.',
    ARTICLE_COUNT: 'How many articles it has.',
  });

  const Connection = schema.connectionType(Label, { filter: filter.ref, orderBy });

  Label.ref.implement({
    description: `${about} Spellings that differ in case or spaces are one ${one}.`,
    interfaces: [schema.node],
    extensions: { table: Label.table, purgeKey },
    fields: (t) => {
      const label = schema.mappedFields(t, Label.name);
      return {
        id: label.id(),
        slug: label.column('slug', 'Its name in URLs.'),
        name: label.column('name', 'The name in its most used spelling.'),
        ...Object.fromEntries(
          reverse.map(({ name, path, description, carried, isPublic }) => [
            name,
            label.connection(path, description, { carried, isPreviewOnly: !isPublic }),
          ]),
        ),
      };
    },
  });

  schema.pothos.queryFields((t) => ({
    [one]: t.field({
      type: Label.ref,
      description: `One ${one} by exactly one of the arguments; null when there is none that you may see.`,
      args: {
        id: t.arg.id({ description: 'Its global id.' }),
        slug: t.arg.string({ description: 'Its slug.' }),
        name: t.arg.string({ description: 'Its name in any spelling; case and spaces do not matter.' }),
      },
      read: {
        kind: 'find',
        by: {
          id: { columns: ['id'] },
          slug: { columns: ['slug'] },
          name: { columns: ['nameFolded'], normalise: (name) => foldText(String(name)) },
        },
      },
    }),
    [many]: t.field({
      type: Connection.ref,
      nullable: false,
      description: `All ${many}, by name unless sorted otherwise.`,
      args: Connection.args,
      read: { kind: 'connection', joins: [], distinct: false },
    }),
  }));
}

/** Conditions for readers with the preview scope alone. */
function hidden(spec: FilterFieldSpec): FilterFieldSpec {
  return spec.kind === 'scalar' ? spec : { ...spec, mapping: { ...spec.mapping, isPreviewOnly: true } };
}
