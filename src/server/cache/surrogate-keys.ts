import {
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import { mayGain, purgeKeyOf } from '../../graphql/purge-keys.ts';
import { isRecord } from '../http/is-record.ts';
import { CONTENT_KEY, surrogateKey } from '../http/surrogate-key.ts';
import type { Outcome } from '../yoga/asked-request.ts';

/** Types that only lead to others. */
const PATHS = new Set(['Query', 'PageInfo']);

const MAX_BYTES = 4096;

/**
 * The value of `Surrogate-Key` (as CDNs read it: keys with spaces between, at most 4 KB) for an answer.
 * Purging the keys of a sync's webhook removes every answer that the sync could have changed: a list names its type
 * as a whole, since any article may enter it; a thing whose name was not asked for does so too.
 */
export function surrogateKeys(schema: GraphQLSchema, outcome: Outcome, data: unknown): string {
  const keys = collectKeys(schema, outcome, data);
  const text = [...keys].join(' ');
  if (text.length <= MAX_BYTES) return text;
  const wide = [...new Set([...keys].map(typeWide))].join(' ');
  return wide.length <= MAX_BYTES ? wide : CONTENT_KEY;
}

/** `article:some-slug` as `article`. */
function typeWide(key: string): string {
  return key.split(':', 1)[0] ?? key;
}

function collectKeys(schema: GraphQLSchema, { document, operation }: Outcome, data: unknown): Set<string> {
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
      const entity = purgeKeyOf(type);
      if (typeof entity === 'object') keys.add(nameEntity(entity, selectionSet, value) ?? entity.prefix);
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
        // What stands behind an interface is not told unless asked for, so any of its types may. A part is known by its article.
        const types = isAbstractType(named) ? schema.getPossibleTypes(named) : [];
        for (const one of types) if (purgeKeyOf(one) !== 'part') keys.add(keyOfAbsence(one));
        continue;
      }
      const isRoot = type === query;
      if (named.name.endsWith('Connection')) keys.add(keyOfConnection(named));
      else if (!isKnown(named) || (isRoot && typeof purgeKeyOf(named) !== 'object')) keys.add(CONTENT_KEY);
      if (mayGain(field)) keys.add(keyOfAbsence(named));
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

function isKnown(type: GraphQLObjectType): boolean {
  return purgeKeyOf(type) !== undefined || PATHS.has(type.name) || type.name.endsWith('Edge');
}

/** A connection changes when any node of its type does. */
function keyOfConnection(connection: GraphQLObjectType): string {
  const edge = getNamedType(connection.getFields().edges?.type);
  const node = isObjectType(edge) ? getNamedType(edge.getFields().node?.type) : undefined;
  return keyOfAbsence(isObjectType(node) ? node : undefined);
}

/** What is not there may be there in another version, under a name we do not know. */
function keyOfAbsence(type: GraphQLObjectType | undefined): string {
  const key = type && purgeKeyOf(type);
  return typeof key === 'object' ? key.prefix : CONTENT_KEY;
}
