import { foldText } from '../../text/keys/fold-text.ts';
import { visibleWhen } from '../builder/mapped-type.ts';
import { countOrder, orderKey } from '../builder/order-inputs.ts';
import type { SchemaBuilder } from '../builder/schema-builder.ts';

/** What a kind of label is called. */
export interface LabelWords {
  idPrefix: string;
  /** The sentence that describes it. */
  about: string;
  /** The root fields for one and for all. */
  one: string;
  many: string;
}

/** The type over a model of names under which articles stand, with its filter, order, connection and root fields. */
export function labelType(
  schema: SchemaBuilder,
  model: 'Topic' | 'Category',
  { idPrefix, about, one, many }: LabelWords,
): void {
  const Label = schema.mappedType(model, {
    idPrefix,
    visibility: visibleWhen('isPublic'),
    orders: {
      NAME: orderKey('nameFolded', 'string'),
      ARTICLE_COUNT: countOrder({ public: 'publicArticleCount', full: 'articleCount' }),
    },
    defaultOrder: [{ field: 'NAME', direction: 'ASC' }],
  });

  const by = schema.filterFields(model);

  const filter = schema.filterInput(model, {
    name: by.indexedText('nameFolded', 'Conditions on the name.'),
    slug: by.indexedText('slug', 'Conditions on the slug.'),
    articles: by.many('articles.article', 'Its articles meet this.'),
  });

  const orderBy = schema.orderInput(model, {
    NAME: 'The name, upper and lower case as one.',
    ARTICLE_COUNT: 'How many articles it has.',
  });

  const Connection = schema.connectionType(Label, { filter: filter.ref, orderBy });

  Label.ref.implement({
    description: `${about} Spellings that differ in case or spaces are one ${one}.`,
    interfaces: [schema.node],
    extensions: { table: Label.table },
    fields: (t) => {
      const label = schema.mappedFields(t, Label.name);
      return {
        id: label.id(),
        slug: label.column('slug', 'Its name in URLs.'),
        name: label.column('name', 'The name in its most used spelling.'),
        articles: label.connection(
          'articles.article',
          'Its articles, newest first unless sorted otherwise.',
          {
            carried: {
              publishedAtAsc: 'publishedAtAsc',
              publishedAtDesc: 'publishedAtDesc',
              updatedAtAsc: 'updatedAtAsc',
              updatedAtDesc: 'updatedAtDesc',
              qualityAsc: 'qualityAsc',
              qualityDesc: 'qualityDesc',
              heatAsc: 'heatAsc',
              heatDesc: 'heatDesc',
              titleFolded: 'titleFolded',
              published: 'isPublic',
            },
          },
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
