import { type ASTNode, type DocumentNode, GraphQLError, visit } from 'graphql';
import { describeArgument } from './describe-argument.ts';

/**
 * The errors of a validation, each that is about a value written in an argument with `extensions.argument`, as the errors of
 * variables have it: `articles(filter).quality.gte`.
 */
export function nameArguments(document: DocumentNode, errors: readonly GraphQLError[]): GraphQLError[] {
  const wanted = new Map<ASTNode, string | null>();
  for (const { nodes } of errors) if (nodes?.[0]) wanted.set(nodes[0], null);
  visit(document, {
    enter(node, _key, parent, path, ancestors) {
      if (!wanted.has(node) || !parent) return;
      wanted.set(node, describeArgument(path, [...ancestors, parent, node]));
    },
  });
  return errors.map((error) => {
    const argument = error.nodes?.[0] && wanted.get(error.nodes[0]);
    if (!argument) return error;
    const { message, nodes, originalError, extensions } = error;
    return new GraphQLError(message, { nodes, originalError, extensions: { ...extensions, argument } });
  });
}
