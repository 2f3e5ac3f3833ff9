import { type GraphQLInputType, getNamedType, isEnumType } from 'graphql';

/** A random argument value in parts, any of which may become a variable. */
export type ArgumentTree = {
  type: GraphQLInputType;
  /** Another random value for the same place. */
  remake: () => ArgumentTree;
} & (
  | { kind: 'leaf'; value: unknown }
  | { kind: 'list'; items: ArgumentTree[] }
  | { kind: 'object'; fields: Fields }
);

type Fields = [name: string, value: ArgumentTree | VariableUse][];

export interface VariableUse {
  kind: 'variable';
  name: string;
}

/** The value as variables carry it. */
export function toValue(tree: ArgumentTree | VariableUse): unknown {
  switch (tree.kind) {
    case 'variable':
      throw new Error('A variable stands in a value.');
    case 'leaf':
      return tree.value;
    case 'list':
      return tree.items.map(toValue);
    case 'object':
      return Object.fromEntries(tree.fields.map(([name, value]) => [name, toValue(value)]));
  }
}

/** The value as a document writes it. */
export function toLiteral(tree: ArgumentTree | VariableUse): string {
  switch (tree.kind) {
    case 'variable':
      return `$${tree.name}`;
    case 'leaf':
      return isEnumType(getNamedType(tree.type)) ? String(tree.value) : JSON.stringify(tree.value);
    case 'list':
      return `[${tree.items.map(toLiteral).join(', ')}]`;
    case 'object':
      return `{${tree.fields.map(([name, value]) => `${name}: ${toLiteral(value)}`).join(', ')}}`;
  }
}
