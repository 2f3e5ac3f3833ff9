import { GraphQLError, type GraphQLErrorOptions } from 'graphql';

/** An error a client can act on (docs/errors.md lists the codes): `extensions.code` and what else helps it, never a path, a statement or a stack. */
export function codedError(
  code: string,
  message: string,
  extensions: Record<string, unknown> = {},
  options: GraphQLErrorOptions = {},
): GraphQLError {
  return new GraphQLError(message, { ...options, extensions: { ...extensions, code } });
}

/** FORBIDDEN with the scope that the reader lacks. */
export function forbidden(what: string, scope: string): GraphQLError {
  return codedError('FORBIDDEN', `${what} needs the scope "${scope}".`, { scope });
}

/** BAD_USER_INPUT with the path of the argument, such as `articles(first)`. */
export function badInput(argument: string, message: string): GraphQLError {
  return codedError('BAD_USER_INPUT', message, { argument });
}
