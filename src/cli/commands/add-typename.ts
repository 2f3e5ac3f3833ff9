import { type DocumentNode, type FieldNode, Kind, type SelectionNode, visit } from 'graphql';

const TYPENAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

/**
 * The document as Apollo Client sends it: `__typename` at the end of each selection but an operation's own, where there is none
 * yet. Such a client hashes it as `print` writes it.
 */
export function addTypename(document: DocumentNode): DocumentNode {
  return visit(document, {
    SelectionSet: {
      leave(node, _key, parent) {
        const isOperation = !!parent && 'kind' in parent && parent.kind === Kind.OPERATION_DEFINITION;
        if (isOperation || node.selections.some(isMeta)) return undefined;
        return { ...node, selections: [...node.selections, TYPENAME] };
      },
    },
  });
}

function isMeta(selection: SelectionNode): boolean {
  return selection.kind === Kind.FIELD && selection.name.value.startsWith('__');
}
