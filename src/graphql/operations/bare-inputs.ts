import {
  type GraphQLInputType,
  type GraphQLSchema,
  getNullableType,
  isInputObjectType,
  isInputType,
  isListType,
  typeFromAST,
  type VariableDefinitionNode,
} from 'graphql';

type Values = Readonly<Record<string, unknown>>;

/**
 * Variables whose input objects have no key but their own. The library asks for the fields of an object by name, so that one without
 * `constructor` would have a function for it where a field is called so. The same object, where no field of the schema is.
 */
export function bareInputs(
  schema: GraphQLSchema,
  definitions: readonly VariableDefinitionNode[],
  inputs: Values,
): Values {
  if (!hasInheritedNames(schema)) return inputs;
  const bare = definitions.flatMap(({ variable: { name }, type: node }): [string, unknown][] => {
    const type = typeFromAST(schema, node);
    const isGiven = Object.hasOwn(inputs, name.value) && isInputType(type);
    return isGiven ? [[name.value, bareValue(type, inputs[name.value])]] : [];
  });
  return Object.fromEntries(bare);
}

const known = new WeakMap<GraphQLSchema, boolean>();

/** Whether a field of an input is called as something that all objects have. */
function hasInheritedNames(schema: GraphQLSchema): boolean {
  const before = known.get(schema);
  if (before !== undefined) return before;
  const has = Object.values(schema.getTypeMap()).some(
    (type) =>
      isInputObjectType(type) && Object.keys(type.getFields()).some((name) => name in Object.prototype),
  );
  known.set(schema, has);
  return has;
}

function bareValue(type: GraphQLInputType, value: unknown): unknown {
  const bare = getNullableType(type);
  if (isListType(bare))
    return Array.isArray(value)
      ? value.map((item) => bareValue(bare.ofType, item))
      : bareValue(bare.ofType, value);
  if (!isInputObjectType(bare) || typeof value !== 'object' || value === null || Array.isArray(value))
    return value;
  const fields = bare.getFields();
  const copy: Record<string, unknown> = Object.assign(Object.create(null), value);
  for (const name of Object.keys(copy)) {
    const field = fields[name];
    if (field) copy[name] = bareValue(field.type, copy[name]);
  }
  return copy;
}
