import {
  type ASTNode,
  type DocumentNode,
  type GraphQLSchema,
  Kind,
  parse,
  print,
  type SelectionNode,
  validate,
  visit,
} from 'graphql';

/** The smallest document found that still fails: parts are taken out one by one for as long as any can be. */
export async function shrinkDocument(
  schema: GraphQLSchema,
  text: string,
  fails: (text: string) => Promise<boolean>,
): Promise<string> {
  let smallest = text;
  for (let at = 0; at < countParts(smallest); ) {
    const candidate = await firstFailing(schema, [without(smallest, at), opened(smallest, at)], fails);
    if (candidate === null) at += 1;
    else smallest = candidate;
  }
  return smallest;
}

async function firstFailing(
  schema: GraphQLSchema,
  candidates: readonly (string | null)[],
  fails: (text: string) => Promise<boolean>,
): Promise<string | null> {
  for (const candidate of candidates) {
    if (candidate === null) continue;
    const tidy = dropUnused(parse(candidate));
    if (tidy !== null && validate(schema, parse(tidy)).length === 0 && (await fails(tidy))) return tidy;
  }
  return null;
}

const PARTS: readonly string[] = [
  Kind.FIELD,
  Kind.INLINE_FRAGMENT,
  Kind.FRAGMENT_SPREAD,
  Kind.ARGUMENT,
  Kind.DIRECTIVE,
  Kind.OBJECT_FIELD,
];

function countParts(text: string): number {
  let count = 0;
  visit(parse(text), {
    enter(node) {
      if (PARTS.includes(node.kind)) count += 1;
    },
  });
  return count;
}

/** The document after `change` was made to its part of this number; null when nothing is left. */
function changed(
  text: string,
  at: number,
  change: (node: ASTNode) => ASTNode | null | undefined,
): string | null {
  let count = -1;
  const document = visit(parse(text), {
    enter(node) {
      if (!PARTS.includes(node.kind)) return undefined;
      count += 1;
      return count === at ? change(node) : undefined;
    },
    // A selection that lost its last field goes, and what needed it with it.
    leave(node) {
      const emptied = 'selectionSet' in node && node.selectionSet?.selections.length === 0;
      return emptied && node.kind !== Kind.OPERATION_DEFINITION ? null : undefined;
    },
  });
  const [operation] = document.definitions;
  const isWhole =
    operation?.kind === Kind.OPERATION_DEFINITION && operation.selectionSet.selections.length > 0;
  return isWhole ? print(document) : null;
}

function without(text: string, at: number): string | null {
  return changed(text, at, () => null);
}

/** The document with the part replaced by what is in it, where that can stand alone. */
function opened(text: string, at: number): string | null {
  const fragments = parse(text).definitions.filter(
    (definition) => definition.kind === Kind.FRAGMENT_DEFINITION,
  );
  let found = false;
  const result = changed(text, at, (node) => {
    if (node.kind === Kind.INLINE_FRAGMENT && (node.directives?.length || node.typeCondition)) {
      found = true;
      return { ...node, directives: [], typeCondition: undefined };
    }
    if (node.kind !== Kind.FRAGMENT_SPREAD) return undefined;
    const fragment = fragments.find(({ name }) => name.value === node.name.value);
    if (!fragment) return undefined;
    found = true;
    const { typeCondition, selectionSet } = fragment;
    return {
      kind: Kind.INLINE_FRAGMENT,
      typeCondition,
      directives: node.directives,
      selectionSet,
    } satisfies SelectionNode;
  });
  return found ? result : null;
}

/** Without the variables and fragments that nothing uses. */
function dropUnused(document: DocumentNode): string | null {
  const text = print(document);
  const spreads = new Set([...text.matchAll(/\.\.\.(\w+)/g)].map(([, name]) => name));
  const used = new Set<string>();
  visit(document, {
    VariableDefinition: () => false,
    Variable: ({ name }) => void used.add(name.value),
  });
  const tidy = visit(document, {
    FragmentDefinition: ({ name }) => (spreads.has(name.value) ? undefined : null),
    VariableDefinition: ({ variable }) => (used.has(variable.name.value) ? undefined : null),
  });
  const printed = print(tidy);
  if (printed === text) return text.startsWith('fragment') || text === '' ? null : text;
  return dropUnused(tidy);
}
