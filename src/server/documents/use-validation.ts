import { type DocumentNode, GraphQLError, Kind, validate } from 'graphql';
import type { Plugin } from 'graphql-yoga';

/** Mistakes of a document after which no more are looked for: those that are sent, but for the word that there are more. */
const MAX_MISTAKES = 19;

/**
 * Validates as the GraphQL specification has it (section 5), and says in words for clients where the library gave up.
 * With `hideSuggestions` errors do not name what a wrong name may have meant.
 */
export function useValidation({ hideSuggestions }: { hideSuggestions: boolean }): Plugin {
  return {
    onValidate({ setValidationFn }) {
      setValidationFn(
        (...[schema, document, rules]: Parameters<typeof validate>): readonly GraphQLError[] => {
          const options = { maxErrors: MAX_MISTAKES, hideSuggestions };
          const errors = validate(schema, document, rules, options);
          const last = errors.at(-1);
          // One for each way of giving up, known by being about no place.
          if (!last || last.locations || !last.message.endsWith('Validation aborted.')) return errors;
          return [...errors.slice(0, -1), gaveUp(document, errors.length > MAX_MISTAKES)];
        },
      );
    },
  };
}

function gaveUp(document: DocumentNode, hasManyMistakes: boolean): GraphQLError {
  const message = hasManyMistakes
    ? 'There are more mistakes than these; no more were looked for.'
    : 'Too many fields have the same name to tell whether they ask for the same. Ask for each once, or use aliases.';
  return new GraphQLError(message, {
    nodes: document.definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION),
  });
}
