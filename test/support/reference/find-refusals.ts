import {
  type DocumentNode,
  type FieldNode,
  GraphQLIncludeDirective,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  getArgumentValues,
  getDirectiveValues,
  getNamedType,
  getVariableValues,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isObjectType,
  Kind as NodeKind,
  type SelectionSetNode,
} from 'graphql';
import { isReferenceKey, type OwnModel, termKinds } from '../../../src/model/own-model.ts';
import { orderName, reverseName } from '../../../src/model/own-names.ts';
import { thingField } from './own-world.ts';

/** Whether a reader without the preview scope is refused: `perhaps` where it depends on what kinds of nodes there are. */
export type Refusal = 'never' | 'perhaps' | 'always';

/** Names of fields that are for preview readers alone, by type; the orders of articles by theirs. */
function privateNames(model: OwnModel) {
  const secret = model.fields.filter(({ isPublic }) => !isPublic);
  const fields = new Map<string, Set<string>>([
    [
      'Article',
      new Set(
        secret.flatMap((field) => [field.name, ...(isReferenceKey(field) ? [reverseName(field.name)] : [])]),
      ),
    ],
  ]);
  for (const [kind, keys] of termKinds(model))
    fields.set(kind, new Set(keys.filter(({ isPublic }) => !isPublic).map((key) => thingField(key, keys))));
  return { fields, orders: new Set(secret.map(({ name }) => orderName(name))) };
}

/** Looks for what is private in all that an operation says, whether there are rows to say it of or not. */
export function findRefusal(
  schema: GraphQLSchema,
  model: OwnModel,
  document: DocumentNode,
  inputs: Record<string, unknown>,
): Refusal {
  const operation = document.definitions.find((one) => one.kind === NodeKind.OPERATION_DEFINITION);
  const { coerced: variables = {} } = getVariableValues(schema, operation?.variableDefinitions ?? [], inputs);
  const secret = privateNames(model);
  let found: Refusal = 'never';
  const refuse = (isCertain: boolean) => {
    if (found !== 'always') found = isCertain ? 'always' : 'perhaps';
  };
  const fragments = new Map(
    document.definitions.flatMap((one) =>
      one.kind === NodeKind.FRAGMENT_DEFINITION ? [[one.name.value, one]] : [],
    ),
  );
  const isLeftOut = (node: Parameters<typeof getDirectiveValues>[1]) =>
    getDirectiveValues(GraphQLSkipDirective, node, variables)?.if === true ||
    getDirectiveValues(GraphQLIncludeDirective, node, variables)?.if === false;

  const lookInField = (type: GraphQLObjectType, node: FieldNode, isCertain: boolean) => {
    const field = type.getFields()[node.name.value];
    if (!field) return;
    if (secret.fields.get(type.name)?.has(field.name)) refuse(isCertain);
    const values = getArgumentValues(field, node, variables);
    for (const argument of field.args)
      if (Object.hasOwn(values, argument.name)) lookInValue(argument.type, values[argument.name], isCertain);
    const inner = getNamedType(field.type);
    if (!node.selectionSet) return;
    if (isObjectType(inner)) lookIn(inner, node.selectionSet, isCertain);
    else if (isAbstractType(inner))
      for (const one of schema.getPossibleTypes(inner)) lookIn(one, node.selectionSet, false);
  };

  const lookIn = (type: GraphQLObjectType, { selections }: SelectionSetNode, isCertain: boolean): void => {
    for (const node of selections) {
      if (isLeftOut(node)) continue;
      if (node.kind === NodeKind.FIELD) {
        lookInField(type, node, isCertain);
        continue;
      }
      const fragment = node.kind === NodeKind.FRAGMENT_SPREAD ? fragments.get(node.name.value) : node;
      const on = fragment?.typeCondition && schema.getType(fragment.typeCondition.name.value);
      const applies = !on || on === type || (isAbstractType(on) && schema.isSubType(on, type));
      if (fragment && applies) lookIn(type, fragment.selectionSet, isCertain);
    }
  };

  const lookInValue = (type: GraphQLInputType, value: unknown, isCertain: boolean): void => {
    const bare = getNamedType(type);
    if (Array.isArray(value)) for (const one of value) lookInValue(type, one, isCertain);
    else if (isEnumType(bare)) {
      if (bare.name === 'ArticleOrderField' && secret.orders.has(String(value))) refuse(isCertain);
    } else if (isInputObjectType(bare) && typeof value === 'object' && value !== null) {
      const names = secret.fields.get(bare.name.replace(/Filter$/u, ''));
      for (const [name, inner] of Object.entries(value)) {
        const field = bare.getFields()[name];
        if (!field) continue;
        if (names?.has(name)) refuse(isCertain);
        lookInValue(field.type, inner, isCertain);
      }
    }
  };

  const query = schema.getQueryType();
  if (operation && query) lookIn(query, operation.selectionSet, true);
  return found;
}
