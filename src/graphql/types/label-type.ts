import type { FieldMapping } from '../../engine/mapping/mapping.ts';
import { foldText } from '../../text/keys/fold-text.ts';
import { builder } from '../builder/builder.ts';
import { connectionType } from '../builder/connection-type.ts';
import { filterFields, filterInput } from '../builder/filter-inputs.ts';
import { mappedFields } from '../builder/mapped-fields.ts';
import { mappedType, visibleWhen } from '../builder/mapped-type.ts';
import { countOrder, orderInput, orderKey } from '../builder/order-inputs.ts';
import { resolveElsewhere } from '../builder/resolve-elsewhere.ts';
import { Node } from './node.ts';

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
export function labelType<M extends 'Topic' | 'Category'>(
  model: M,
  { idPrefix, about, one, many }: LabelWords,
): void {
  const Label = mappedType(model, {
    idPrefix,
    visibility: visibleWhen('isPublic'),
    orders: {
      NAME: orderKey('nameFolded', 'string'),
      ARTICLE_COUNT: countOrder({ public: 'publicArticleCount', full: 'articleCount' }),
    },
    defaultOrder: [{ field: 'NAME', direction: 'ASC' }],
  });

  const by = filterFields(model);

  const filter = filterInput(model, {
    name: by.indexedText('nameFolded', 'Conditions on the name.'),
    slug: by.indexedText('slug', 'Conditions on the slug.'),
    articles: by.many('articles.article', 'Its articles meet this.'),
  });

  const orderBy = orderInput(model, {
    NAME: 'The name, upper and lower case as one.',
    ARTICLE_COUNT: 'How many articles it has.',
  });

  const Connection = connectionType(Label, { filter: filter.ref, orderBy });

  Label.ref.implement({
    description: `${about} Spellings that differ in case or spaces are one ${one}.`,
    interfaces: [Node],
    extensions: { table: Label.table },
    fields: (t) => {
      const label = mappedFields(t, Label);
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

  builder.queryFields((t) => ({
    [one]: t.field({
      type: Label.ref,
      description: `One ${one} by exactly one of the arguments; null when there is none that you may see.`,
      args: {
        id: t.arg.id({ description: 'Its global id.' }),
        slug: t.arg.string({ description: 'Its slug.' }),
        name: t.arg.string({ description: 'Its name in any spelling; case and spaces do not matter.' }),
      },
      extensions: {
        read: {
          kind: 'find',
          by: {
            id: { columns: ['id'] },
            slug: { columns: ['slug'] },
            name: { columns: ['nameFolded'], normalise: (name) => foldText(String(name)) },
          },
        } satisfies FieldMapping,
      },
      resolve: resolveElsewhere,
    }),
    [many]: t.field({
      type: Connection.ref,
      nullable: false,
      description: `All ${many}, by name unless sorted otherwise.`,
      args: Connection.args,
      extensions: { read: { kind: 'connection', joins: [], distinct: false } satisfies FieldMapping },
      resolve: resolveElsewhere,
    }),
  }));
}
