import { type DocumentNode, GraphQLError } from 'graphql';
import type { Plugin, YogaInitialContext } from 'graphql-yoga';
import { findOperation } from '../../graphql/operations/execute-operation.ts';

/** Refuses a document in which the operation asked for is not to be found, and says which there are. */
export function useOperationName(): Plugin {
  return {
    onParse() {
      return ({ result, context }) => {
        if (result === null || result instanceof Error) return;
        const { params } = context as Partial<YogaInitialContext>;
        const found = findOperation({
          document: result as DocumentNode,
          operationName: params?.operationName,
        });
        if (found instanceof GraphQLError) throw found;
      };
    },
  };
}
