import { codedError, forbidden } from '../../engine/mapping/errors.ts';
import type { SchemaBuilder } from '../builder/schema-builder.ts';
import type { GatewayContext } from '../context.ts';
import { type OpenedText, openSecured } from '../texts/secured-text.ts';

/** What opening a text costs beside reading it, in rows that could be read in its time. */
const OPENING_WEIGHT = 10;

/** The text of a row's column, opened; null when there is none. @throws FORBIDDEN, SECURED_UNREADABLE */
function openRow(field: string, secured: unknown, context: unknown): OpenedText | null {
  const { scopes, securedKey } = context as GatewayContext;
  if (!scopes.secured) throw forbidden(field, 'secured');
  if (typeof secured !== 'string') return null;
  if (!securedKey) throw codedError('SECURED_UNREADABLE', 'This server has no key for secured texts.');
  return openSecured(secured, securedKey);
}

/** Adds the part of an article that is for entitled readers. It is opened for each answer and kept nowhere. */
export function defineArticleSecured(schema: SchemaBuilder): void {
  schema.pothos.objectFields(schema.mappedTypeOf('Article').ref, (t) => {
    const article = schema.mappedFields(t, 'Article');
    const columns = { secured: 'text.secured' };
    return {
      isSecured: article.column('isSecured', 'Whether it has a text for entitled readers.'),
      securedBody: article.computed(
        'String',
        'The text for entitled readers, who have the scope `secured`; null when there is none.',
        {
          columns,
          weight: OPENING_WEIGHT,
          compute: ({ secured }, _args, context) => openRow('securedBody', secured, context)?.text,
        },
      ),
      isSecuredBodyAuthenticated: article.computed(
        'Boolean',
        'Whether `securedBody` is known to be as it was encrypted. False for the older form of AES-CBC: whoever can write to the files can have changed words of it without the key. For the scope `secured`; null when there is no such text.',
        {
          columns,
          weight: OPENING_WEIGHT,
          compute: ({ secured }, _args, context) =>
            openRow('isSecuredBodyAuthenticated', secured, context)?.isAuthenticated,
        },
      ),
    };
  });
}
