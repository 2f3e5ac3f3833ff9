import type { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { nameArguments } from '../../graphql/operations/name-arguments.ts';

/** Errors whose argument is named; more are not sent. */
const MAX_NAMED = 20;

/** Tells in which argument a value stands that does not fit the schema. */
export function useArgumentNames(): Plugin {
  return {
    onValidate({ params }) {
      return ({ valid, result, setResult }) => {
        if (valid) return;
        // The standard rules and ours report GraphQLErrors only.
        const errors = result as readonly GraphQLError[];
        setResult(nameArguments(params.documentAST, errors.slice(0, MAX_NAMED)));
      };
    },
  };
}
