import {
  type ASTNode,
  coerceInputValue,
  type ExecutionArgs,
  type GraphQLError,
  type GraphQLSchema,
  getVariableValues,
  isInputType,
  Kind,
  typeFromAST,
  type VariableNode,
  visit,
} from 'graphql';
import type { OperationSource } from '../../engine/compile/compile-operation.ts';
import { codedError } from '../../engine/mapping/errors.ts';
import { bareInputs } from './bare-inputs.ts';
import { describeArgument } from './describe-argument.ts';

// Errors in variables at which reading them ends: a list can have one in each of its entries.
const MAX_ERRORS = 20;

type Operation = Pick<OperationSource, 'operation' | 'fragments'>;
type Path = readonly (string | number)[];

/**
 * CoerceVariableValues of the GraphQL specification (6.1.2). Each error is BAD_USER_INPUT with the place of the value
 * in the variables (`$filter.quality.gte`) and the argument it is for, where it is for one: `articles(filter).quality.gte`.
 */
export function coerceVariables(
  schema: GraphQLSchema,
  operation: Operation,
  given: Readonly<Record<string, unknown>>,
  options: Pick<ExecutionArgs, 'hideSuggestions'> = {},
):
  | { coerced: Record<string, unknown>; errors?: undefined }
  | { coerced?: undefined; errors: GraphQLError[] } {
  const definitions = operation.operation.variableDefinitions ?? [];
  const inputs = bareInputs(schema, definitions, given);
  const result = getVariableValues(schema, definitions, inputs, {
    maxErrors: MAX_ERRORS,
    hideSuggestions: options.hideSuggestions ?? false,
  });
  if (!result.errors) return result;
  const places = definitions.flatMap(({ variable, type }) => {
    const name = variable.name.value;
    const input = typeFromAST(schema, type);
    const paths = Object.hasOwn(inputs, name) && isInputType(input) ? wrongPaths(input, inputs[name]) : [];
    return paths.map((path): [string, Path] => [name, path]);
  });
  const errors = result.errors.map((error) => {
    const [node] = error.nodes ?? [];
    const name = node?.kind === Kind.VARIABLE_DEFINITION ? node.variable.name.value : null;
    if (name === null) return codedError('BAD_USER_INPUT', error.message);
    const place = places.findIndex(([variable]) => variable === name);
    const [, path] = (place >= 0 ? places.splice(place, 1)[0] : undefined) ?? [name, []];
    const variable = `$${[name, ...path].join('.')}`;
    const argument = [argumentOf(operation, name) ?? `$${name}`, ...path].join('.');
    return codedError('BAD_USER_INPUT', error.message, { argument, variable }, { nodes: error.nodes });
  });
  return { errors };
}

/** Where a value does not fit its type, in the order in which the library tells. */
function wrongPaths(type: Parameters<typeof coerceInputValue>[1], value: unknown): Path[] {
  const paths: Path[] = [];
  if (value === null) return paths;
  try {
    coerceInputValue(value, type, (path) => {
      if (paths.push(path) >= MAX_ERRORS) throw new Error('These are enough.');
    });
  } catch {
    return paths;
  }
  return paths;
}

/** The argument that a variable is the value of, or a part of; null when it is of none or of several. */
function argumentOf({ operation, fragments }: Operation, name: string): string | null {
  const found: (string | null)[] = [];
  const collect = (root: ASTNode, isOperation: boolean) =>
    visit(root, {
      VariableDefinition: () => false,
      Variable(node: VariableNode, _key, parent, path, ancestors) {
        if (node.name.value !== name) return;
        found.push(isOperation && parent ? describeArgument(path, [...ancestors, parent]) : null);
      },
    });
  collect(operation, true);
  for (const fragment of Object.values(fragments)) collect(fragment, false);
  return found.length === 1 ? (found[0] ?? null) : null;
}
