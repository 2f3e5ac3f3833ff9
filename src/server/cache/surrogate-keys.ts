import {
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import { isRecord } from '../http/is-record.ts';
import { CONTENT_KEY, surrogateKey } from '../http/surrogate-key.ts';
import type { RequestState } from '../yoga/request-state.ts';

/** The types that have keys of their own, and the field that tells which one it is. */
const ENTITIES: Readonly<Record<string, { prefix: string; field: string }>> = {
  Article: { prefix: 'article', field: 'slug' },
  Provider: { prefix: 'provider', field: 'domain' },
  Topic: { prefix: 'topic', field: 'slug' },
  Category: { prefix: 'category', field: 'slug' },
};
/** Types that change only together with the article they belong to. */
const PARTS = new Set(['Image', 'RelatedLink']);
/** Types that only lead to others. */
const PATHS = new Set(['Query', 'PageInfo']);

const MAX_BYTES = 4096;

/**
 * The value of `Surrogate-Key` (as CDNs read it: keys with spaces between, at most 4 KB) for an answer.
 * Purging the keys of a sync's webhook removes every answer that the sync could have changed: a list names its type
 * as a whole, since any article may enter it; a thing whose name was not asked for does so too.
 */
export function surrogateKeys(schema: GraphQLSchema, state: RequestState, data: unknown): string {
  const keys = collectKeys(schema, state, data);
  const text = [...keys].join(' ');
  return text.length <= MAX_BYTES ? text : [...new Set([...keys].map(typeWide))].join(' ');
}

/** `article:some-slug` as `article`. */
function typeWide(key: string): string {
  return key.split(':', 1)[0] ?? key;
}

function collectKeys(
  schema: GraphQLSchema,
  { document, operation }: RequestState,
  data: unknown,
): Set<string> {
  const keys = new Set<string>();
  const query = schema.getQueryType();
  if (!document || !operation || !query) return keys.add(CONTENT_KEY);
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }

  const visitValue = (type: GraphQLObjectType, selectionSet: SelectionSetNode, value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) visitValue(type, selectionSet, item);
    else if (isRecord(value)) {
      const entity = ENTITIES[type.name];
      if (entity) keys.add(nameEntity(entity, selectionSet, value) ?? entity.prefix);
      visitFields(type, selectionSet, value);
    } else if (value === null) keys.add(keyOfAbsence(type));
  };

  const visitFields = (
    type: GraphQLObjectType,
    { selections }: SelectionSetNode,
    value: Record<string, unknown>,
  ) => {
    for (const selection of selections) {
      if (selection.kind !== Kind.FIELD) {
        const fragment =
          selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
        if (fragment) visitFields(type, fragment.selectionSet, value);
        continue;
      }
      const field = type.getFields()[selection.name.value];
      const below = value[selection.alias?.value ?? selection.name.value];
      if (!field || !selection.selectionSet || below === undefined) continue;
      const named = getNamedType(field.type);
      if (!isObjectType(named)) {
        // What stands behind an interface is not told unless asked for, so every entity may.
        for (const { prefix } of Object.values(ENTITIES)) keys.add(prefix);
        continue;
      }
      const isRoot = type === query;
      if (named.name.endsWith('Connection')) keys.add(keyOfConnection(named));
      else if (!isKnown(named) || (isRoot && !ENTITIES[named.name])) keys.add(CONTENT_KEY);
      visitValue(named, selection.selectionSet, below);
    }
  };

  const nameEntity = (
    { prefix, field }: { prefix: string; field: string },
    { selections }: SelectionSetNode,
    value: Record<string, unknown>,
  ): string | null => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        if (selection.name.value !== field) continue;
        const name = value[selection.alias?.value ?? field];
        if (typeof name === 'string') return surrogateKey(prefix, name);
      } else {
        const fragment =
          selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
        const found = fragment && nameEntity({ prefix, field }, fragment.selectionSet, value);
        if (found) return found;
      }
    }
    return null;
  };

  if (isRecord(data)) visitFields(query, operation.selectionSet, data);
  return keys;
}

function isKnown({ name }: GraphQLObjectType): boolean {
  return name in ENTITIES || PARTS.has(name) || PATHS.has(name) || name.endsWith('Edge');
}

/** A connection changes when any node of its type does. */
function keyOfConnection(connection: GraphQLObjectType): string {
  const edge = getNamedType(connection.getFields().edges?.type);
  const node = isObjectType(edge) ? getNamedType(edge.getFields().node?.type) : undefined;
  return (node && ENTITIES[node.name]?.prefix) ?? CONTENT_KEY;
}

/** What is not there may be there in another version, under a name we do not know. */
function keyOfAbsence({ name }: GraphQLObjectType): string {
  return ENTITIES[name]?.prefix ?? CONTENT_KEY;
}
