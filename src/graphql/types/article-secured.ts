import { codedError, forbidden } from '../../engine/errors.ts';
import { builder } from '../builder.ts';
import type { GatewayContext } from '../context.ts';
import { decryptSecured } from '../decrypt-secured.ts';
import { mappedFields } from '../mapped-fields.ts';
import { mappedTypeOf } from '../mapped-type.ts';

/** The part of an article that is for entitled readers. It is opened for each answer and kept nowhere. */
builder.objectFields(mappedTypeOf('Article').ref, (t) => {
  const article = mappedFields(t, { ...mappedTypeOf('Article'), name: 'Article' as const });
  return {
    isSecured: article.column('isSecured', 'Whether it has a text for entitled readers.'),
    securedBody: article.computed(
      'String',
      'The text for entitled readers, who have the scope `secured`; null when there is none.',
      {
        columns: { secured: 'text.secured' },
        compute: ({ secured }, _args, context) => {
          const { scopes, securedKey } = context as GatewayContext;
          if (!scopes.secured) throw forbidden('securedBody', 'secured');
          if (typeof secured !== 'string') return null;
          if (!securedKey)
            throw codedError('SECURED_UNREADABLE', 'This server has no key for secured texts.');
          return decryptSecured(secured, securedKey);
        },
      },
    ),
  };
});
