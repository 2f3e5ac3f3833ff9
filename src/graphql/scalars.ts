import { GraphQLScalarType } from 'graphql';
import { GraphQLDateTimeISO, GraphQLURL } from 'graphql-scalars';
import { builder } from './builder.ts';

builder.addScalarType(
  'DateTime',
  new GraphQLScalarType({
    ...GraphQLDateTimeISO.toConfig(),
    name: 'DateTime',
    description:
      'A moment in UTC with milliseconds, such as `2024-02-21T01:01:00.000Z`. Input may have any zone.',
    specifiedByURL: 'https://scalars.graphql.org/andimarek/date-time.html',
  }),
);

builder.addScalarType(
  'URL',
  new GraphQLScalarType({
    ...GraphQLURL.toConfig(),
    name: 'URL',
    description: 'An absolute http or https address.',
    specifiedByURL: 'https://url.spec.whatwg.org/',
  }),
);
