import { type ASTNode, Kind } from 'graphql';

/**
 * An argument as errors name it: response names, the argument's name, and the way into its value.
 * @param path keys from the document to the node, as `visit` tells them
 * @param ancestors the nodes and lists on that way; null when it leads into no argument of a field
 */
export function describeArgument(
  path: readonly (string | number)[],
  ancestors: readonly (ASTNode | readonly ASTNode[])[],
): string | null {
  const fields: string[] = [];
  let argument: string | null = null;
  const inside: (string | number)[] = [];
  for (const [index, ancestor] of ancestors.entries()) {
    if (!('kind' in ancestor)) {
      const holder = ancestors[index - 1];
      if (holder && 'kind' in holder && holder.kind === Kind.LIST) inside.push(path[index] ?? 0);
    } else if (ancestor.kind === Kind.FIELD) fields.push((ancestor.alias ?? ancestor.name).value);
    else if (ancestor.kind === Kind.DIRECTIVE) return null;
    else if (ancestor.kind === Kind.ARGUMENT) argument = ancestor.name.value;
    else if (ancestor.kind === Kind.OBJECT_FIELD) inside.push(ancestor.name.value);
  }
  return argument && [`${fields.join('.')}(${argument})`, ...inside].join('.');
}
