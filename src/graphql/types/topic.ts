import type { FieldMapping } from '../../engine/mapping.ts';
import { foldText } from '../../text/fold-text.ts';
import { builder } from '../builder.ts';
import { connectionType } from '../connection-type.ts';
import { filterFields, filterInput } from '../filter-inputs.ts';
import { mappedFields } from '../mapped-fields.ts';
import { mappedType, visibleWhen } from '../mapped-type.ts';
import { countOrder, orderInput, orderKey } from '../order-inputs.ts';
import { resolveElsewhere } from '../resolve-elsewhere.ts';
import { Node } from './node.ts';

const Topic = mappedType('Topic', {
  idPrefix: 't_',
  visibility: visibleWhen('isPublic'),
  orders: {
    NAME: orderKey('nameFolded', 'string'),
    ARTICLE_COUNT: countOrder({ public: 'publicArticleCount', full: 'articleCount' }),
  },
  defaultOrder: [{ field: 'NAME', direction: 'ASC' }],
});

const by = filterFields('Topic');

const topicFilter = filterInput('Topic', {
  name: by.indexedText('nameFolded', 'Conditions on the name.'),
  slug: by.indexedText('slug', 'Conditions on the slug.'),
  articles: by.many('articles.article', 'Its articles meet this.'),
});

const topicOrder = orderInput('Topic', {
  NAME: 'The name, upper and lower case as one.',
  ARTICLE_COUNT: 'How many articles it has.',
});

const TopicConnection = connectionType(Topic, { filter: topicFilter.ref, orderBy: topicOrder });

Topic.ref.implement({
  description: 'What articles are about. Spellings that differ in case or spaces are one topic.',
  interfaces: [Node],
  extensions: { table: Topic.table },
  fields: (t) => {
    const topic = mappedFields(t, Topic);
    return {
      id: topic.id(),
      slug: topic.column('slug', 'Its name in URLs.'),
      name: topic.column('name', 'The name in its most used spelling.'),
      articles: topic.connection(
        'articles.article',
        'The articles about it, newest first unless sorted otherwise.',
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
  topic: t.field({
    type: Topic.ref,
    description: 'One topic by exactly one of the arguments; null when there is none that you may see.',
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
  topics: t.field({
    type: TopicConnection.ref,
    nullable: false,
    description: 'All topics, by name unless sorted otherwise.',
    args: TopicConnection.args,
    extensions: { read: { kind: 'connection', joins: [], distinct: false } satisfies FieldMapping },
    resolve: resolveElsewhere,
  }),
}));
