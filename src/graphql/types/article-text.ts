import { badInput } from '../../engine/mapping/errors.ts';
import { cutText } from '../../text/cut-text.ts';
import type { RenderedText } from '../../text/html/render-text.ts';
import type { TextMeasure } from '../../text/reading-time.ts';
import type { SchemaBuilder } from '../builder/schema-builder.ts';
import type { GatewayContext } from '../context.ts';
import type { Row } from '../pothos/pothos-builder.ts';
import type { Body } from '../texts/rendered-texts.ts';

// A text of 5 KB takes some milliseconds, a row some hundredths.
const RENDERING = 50;

const MAX_EXCERPT = 10_000;

const columns = { digest: 'digest', format: 'text.format', body: 'text.body' };

/** What is made of the whole text: HTML, plain text, headings. */
const readText =
  <K extends keyof RenderedText>(key: K) =>
  async (row: Row, _: unknown, context: unknown): Promise<RenderedText[K]> => {
    const { texts, client, signal } = context as GatewayContext;
    return (await texts.text(row as unknown as Body, { client, signal }))[key];
  };

const readMeasure =
  (key: keyof TextMeasure) =>
  async (row: Row, _: unknown, context: unknown): Promise<number> => {
    const { texts, client, signal } = context as GatewayContext;
    return (await texts.measure(row as unknown as Body, { client, signal }))[key];
  };

/** Adds what readers need of an article's text. Each is made at the first ask and kept for as long as the text is the same. */
export function defineArticleText(schema: SchemaBuilder): void {
  const Heading = schema.pothos.objectRef<Row>('Heading').implement({
    description: 'A heading in the text of an article.',
    fields: (t) => ({
      depth: t.field({
        type: 'Int',
        nullable: false,
        description: 'From 1, the topmost, to 6.',
      }),
      text: t.field({
        type: 'String',
        nullable: false,
        description: 'Its text without markup.',
      }),
      anchor: t.field({
        type: 'String',
        nullable: false,
        description: 'Its `id` in the HTML.',
      }),
    }),
  });

  schema.pothos.objectFields(schema.mappedTypeOf('Article').ref, (t) => {
    const article = schema.mappedFields(t, 'Article');
    return {
      html: article.computed(
        'String',
        'The text as HTML: Markdown rendered, scripts and styles taken out; of plain text, each line a paragraph.',
        {
          nullable: false,
          columns,
          weight: RENDERING,
          compute: readText('html'),
        },
      ),
      plainText: article.computed(
        'String',
        'The text without markup, paragraphs separated by a blank line.',
        {
          nullable: false,
          columns,
          weight: RENDERING,
          compute: readText('plainText'),
        },
      ),
      headings: article.computed([Heading], 'The headings of the text, in order.', {
        nullable: false,
        columns,
        weight: RENDERING,
        compute: readText('headings'),
      }),
      wordCount: article.computed(
        'Int',
        'How many words the text has, in any language (Unicode text segmentation).',
        {
          nullable: false,
          columns,
          weight: RENDERING,
          compute: readMeasure('words'),
        },
      ),
      readingTimeMinutes: article.computed(
        'Int',
        'Minutes to read the text, rounded up: 238 words, or 390 Chinese or Japanese characters, a minute.',
        {
          nullable: false,
          columns,
          weight: RENDERING,
          compute: readMeasure('minutes'),
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
        check({ length }) {
          const limit = Number(length);
          if (limit >= 1 && limit <= MAX_EXCERPT) return;
          throw badInput(
            'excerpt(length)',
            `excerpt(length) is ${limit}, but must be from 1 to ${MAX_EXCERPT}.`,
          );
        },
        compute: ({ excerpt }, { length }) =>
          typeof excerpt === 'string' ? cutText(excerpt, Number(length)) : null,
      }),
    };
  });
}
