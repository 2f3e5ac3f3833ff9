import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { GraphQLDateTimeISO } from 'graphql-scalars';
import type { PothosBuilder } from './pothos-builder.ts';

/** Longest address that any article can have, in UTF-16 units. */
const MAX_URL = 2_048;

const dateTime = GraphQLDateTimeISO.toConfig();

/** Adds the scalars DateTime and URL. */
export function addScalars(pothos: PothosBuilder): void {
  pothos.addScalarType(
    'DateTime',
    new GraphQLScalarType({
      ...dateTime,
      name: 'DateTime',
      description:
        'A moment in UTC with milliseconds, such as `2024-02-21T01:01:00.000Z`. Input may have any zone.',
      specifiedByURL: 'https://scalars.graphql.org/andimarek/date-time.html',
      parseValue: (value) => forClients(() => dateTime.parseValue(value)),
      parseLiteral: (node, variables) => forClients(() => dateTime.parseLiteral(node, variables), node),
    }),
  );

  pothos.addScalarType(
    'URL',
    new GraphQLScalarType({
      name: 'URL',
      description: 'An absolute http or https address.',
      specifiedByURL: 'https://url.spec.whatwg.org/',
      serialize: String,
      parseValue: (value) => parseUrl(value),
      parseLiteral: (node) => parseUrl(node.kind === Kind.STRING ? node.value : null, node),
    }),
  );
}

function parseUrl(value: unknown, node?: ValueNode): string {
  const text = typeof value === 'string' && value.length <= MAX_URL ? value : '';
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text;
  throw new GraphQLError('It is not an absolute http or https URL of at most 2,048 characters.', {
    nodes: node,
  });
}

/** What a library throws that is no GraphQLError would be taken for a fault of the server. */
function forClients<T>(parse: () => T, node?: ValueNode): T {
  try {
    return parse();
  } catch (error) {
    if (error instanceof GraphQLError) throw error;
    throw new GraphQLError('It is not a date and time in ISO 8601, such as 2024-02-21T01:01:00Z.', {
      nodes: node,
    });
  }
}
