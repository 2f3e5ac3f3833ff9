import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

/** The size of an operation, with fragments counted wherever they are spread. */
export interface DocumentSize {
  /** Levels of fields, `__schema` and `__type` counting as leaves. */
  depth: number;
  aliases: number;
  directives: number;
  /** Levels of fields from `__schema` or `__type` downwards. */
  introspectionDepth: number;
  /** `__schema` and `__type` fields, and aliases below them. */
  introspectionFields: number;
  /** How often at most a field with fields of its own stands in one selection, or a fragment is defined or spread in it. */
  repeats: number;
}

const NOTHING: DocumentSize = {
  depth: 0,
  aliases: 0,
  directives: 0,
  introspectionDepth: 0,
  repeats: 0,
  introspectionFields: 0,
};

/**
 * The size of the largest operation of a document, in every respect on its own.
 * Time is linear in the document's length: each fragment is measured once, however often it is spread.
 */
export function measureDocument(document: DocumentNode): DocumentSize {
  const fragments = new Map<string, FragmentDefinitionNode>();
  const operations: OperationDefinitionNode[] = [];
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
    else if (definition.kind === Kind.OPERATION_DEFINITION) operations.push(definition);
  }

  const measured = new Map<string, DocumentSize>();
  const measureFragment = (name: string): DocumentSize => {
    const known = measured.get(name);
    if (known) return known;
    const fragment = fragments.get(name);
    // Unknown and cyclic fragments count as nothing here: validation refuses them.
    measured.set(name, NOTHING);
    if (!fragment) return NOTHING;
    const size = measureSelections(fragment.selectionSet);
    const whole = { ...size, directives: size.directives + (fragment.directives?.length ?? 0) };
    measured.set(name, whole);
    return whole;
  };

  const measureSelections = (selectionSet: SelectionSetNode | undefined): DocumentSize => {
    if (!selectionSet) return NOTHING;
    const sum = { ...NOTHING, repeats: countRepeats(selectionSet) };
    for (const selection of selectionSet.selections) {
      sum.directives += selection.directives?.length ?? 0;
      if (selection.kind === Kind.FRAGMENT_SPREAD) add(sum, measureFragment(selection.name.value));
      else if (selection.kind === Kind.INLINE_FRAGMENT) add(sum, measureSelections(selection.selectionSet));
      else {
        if (selection.alias) sum.aliases += 1;
        const below = measureSelections(selection.selectionSet);
        const introspects = selection.name.value === '__schema' || selection.name.value === '__type';
        add(sum, introspects ? asIntrospection(below) : { ...below, depth: below.depth + 1 });
      }
    }
    return sum;
  };

  const largest = { ...NOTHING, repeats: fragments.size };
  for (const operation of operations) {
    const size = measureSelections(operation.selectionSet);
    const onVariables = (operation.variableDefinitions ?? []).reduce(
      (count, definition) => count + (definition.directives?.length ?? 0),
      0,
    );
    size.directives += (operation.directives?.length ?? 0) + onVariables;
    for (const key of Object.keys(largest) as (keyof DocumentSize)[]) {
      largest[key] = Math.max(largest[key], size[key]);
    }
  }
  return largest;
}

function add(sum: DocumentSize, part: DocumentSize): void {
  sum.depth = Math.max(sum.depth, part.depth);
  sum.repeats = Math.max(sum.repeats, part.repeats);
  sum.introspectionDepth = Math.max(sum.introspectionDepth, part.introspectionDepth);
  sum.aliases += part.aliases;
  sum.directives += part.directives;
  sum.introspectionFields += part.introspectionFields;
}

function asIntrospection(below: DocumentSize): DocumentSize {
  return {
    ...below,
    depth: 1,
    introspectionDepth: below.depth + 1,
    introspectionFields: below.introspectionFields + below.aliases + 1,
  };
}

/** Rules compare each of them with each other. */
function countRepeats({ selections }: SelectionSetNode): number {
  const counts = new Map<string, number>();
  let most = 0;
  for (const selection of selections) {
    const isLeaf = selection.kind === Kind.FIELD && !selection.selectionSet;
    if (isLeaf) continue;
    const name = selection.kind === Kind.FIELD ? (selection.alias ?? selection.name).value : '…';
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    most = Math.max(most, count);
  }
  return most;
}
