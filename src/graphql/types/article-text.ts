import { GraphQLError } from 'graphql';
import { badInput } from '../../engine/errors.ts';
import { cutText } from '../../text/cut-text.ts';
import { builder, type Row } from '../builder.ts';
import type { GatewayContext } from '../context.ts';
import { mappedFields } from '../mapped-fields.ts';
import { mappedTypeOf } from '../mapped-type.ts';
import { type Body, RenderedTexts } from '../rendered-texts.ts';
import { resolveElsewhere } from '../resolve-elsewhere.ts';

// Made from bytes and a pure function of them, so that one for the process serves every schema and database.
const texts = new RenderedTexts();

// A text of 5 KB takes some milliseconds, a row some hundredths.
const RENDERING = 50;

const MAX_EXCERPT = 10_000;

const Heading = builder.objectRef<Row>('Heading').implement({
  description: 'A heading in the text of an article.',
  fields: (t) => ({
    depth: t.field({
      type: 'Int',
      nullable: false,
      description: 'From 1, the topmost, to 6.',
      resolve: resolveElsewhere,
    }),
    text: t.field({
      type: 'String',
      nullable: false,
      description: 'Its text without marks.',
      resolve: resolveElsewhere,
    }),
    anchor: t.field({
      type: 'String',
      nullable: false,
      description: 'Its `id` in the HTML.',
      resolve: resolveElsewhere,
    }),
  }),
});

const columns = { digest: 'digest', format: 'text.format', body: 'text.body' };

/** The body to render, for somebody who still waits. */
function bodyOf(row: Row, context: unknown): Body {
  if ((context as GatewayContext).signal?.aborted) throw new GraphQLError('Nobody waits for the answer.');
  return row as unknown as Body;
}

/** What readers need of an article's text. Each is made at the first ask and kept for as long as the text is the same. */
builder.objectFields(mappedTypeOf('Article').ref, (t) => {
  const article = mappedFields(t, { ...mappedTypeOf('Article'), name: 'Article' as const });
  return {
    html: article.computed(
      'String',
      'The text as HTML: Markdown rendered, scripts and styles taken out; of plain text, each line a paragraph.',
      {
        nullable: false,
        columns,
        weight: RENDERING,
        compute: (row, _, context) => texts.text(bodyOf(row, context)).html,
      },
    ),
    plainText: article.computed('String', 'The text without marks, paragraphs apart by a blank line.', {
      nullable: false,
      columns,
      weight: RENDERING,
      compute: (row, _, context) => texts.text(bodyOf(row, context)).plainText,
    }),
    headings: article.computed([Heading], 'The headings of the text, in order.', {
      nullable: false,
      columns,
      weight: RENDERING,
      compute: (row, _, context) => texts.text(bodyOf(row, context)).headings,
    }),
    wordCount: article.computed(
      'Int',
      'How many words the text has, in any language (Unicode text segmentation).',
      {
        nullable: false,
        columns,
        weight: RENDERING,
        compute: (row, _, context) => texts.measure(bodyOf(row, context)).words,
      },
    ),
    readingTimeMinutes: article.computed(
      'Int',
      'Minutes to read the text, rounded up: 238 words, or 390 Chinese or Japanese characters, a minute.',
      {
        nullable: false,
        columns,
        weight: RENDERING,
        compute: (row, _, context) => texts.measure(bodyOf(row, context)).minutes,
      },
    ),
    excerpt: article.computed('String', 'The summary.', {
      columns: { excerpt: 'excerpt' },
      plain: 'excerpt',
      args: {
        length: t.arg.int({
          description: `Cut at a word to at most this many UTF-16 units, the ellipsis included (1 to ${MAX_EXCERPT}).`,
        }),
      },
      compute: ({ excerpt }, { length }) => {
        const limit = Number(length);
        if (limit < 1 || limit > MAX_EXCERPT) {
          throw badInput(
            'excerpt(length)',
            `excerpt(length) is ${limit}, but must be from 1 to ${MAX_EXCERPT}.`,
          );
        }
        return typeof excerpt === 'string' ? cutText(excerpt, limit) : null;
      },
    }),
  };
});
