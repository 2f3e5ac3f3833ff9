import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLDirective,
  GraphQLError,
  GraphQLIncludeDirective,
  type GraphQLObjectType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  getDirectiveValues,
  isAbstractType,
  type SelectionSetNode,
  visit,
} from 'graphql';
import { badInput } from '../mapping/errors.ts';
import type { Variables } from './plan.ts';

/** An operation's surroundings: what a selection needs to be read. */
export interface Document {
  schema: GraphQLSchema;
  fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  variables: Variables;
  /** Told of each variable on which `@include` or `@skip` depends. */
  onCondition: (variable: string) => void;
}

/** The fields of a selection on a concrete type by response name, fragments merged, in the order of the response. */
export type SelectedFields = Map<string, FieldNode[]>;

/**
 * CollectFields of the GraphQL specification (October 2021, section 6.3.2), for one concrete type.
 * `nodes` are all fields that merged into the one whose selection is read.
 */
export function collectFields(
  document: Document,
  type: GraphQLObjectType,
  selections: readonly (SelectionSetNode | undefined)[],
): SelectedFields {
  const fields: SelectedFields = new Map();
  const visited = new Set<string>();
  const collect = (selectionSet: SelectionSetNode) => {
    for (const selection of selectionSet.selections) {
      if (!isIncluded(document, selection)) continue;
      switch (selection.kind) {
        case 'Field': {
          const name = selection.alias?.value ?? selection.name.value;
          const nodes = fields.get(name);
          if (nodes) nodes.push(selection);
          else fields.set(name, [selection]);
          break;
        }
        case 'InlineFragment': {
          const condition = selection.typeCondition;
          if (condition && !applies(document, type, condition.name.value)) continue;
          collect(selection.selectionSet);
          break;
        }
        case 'FragmentSpread': {
          const name = selection.name.value;
          const fragment = document.fragments[name];
          if (!fragment || visited.has(name)) continue;
          visited.add(name);
          if (applies(document, type, fragment.typeCondition.name.value)) collect(fragment.selectionSet);
          break;
        }
      }
    }
  };
  for (const selectionSet of selections) if (selectionSet) collect(selectionSet);
  return fields;
}

type Conditional = { directives?: SelectionSetNode['selections'][number]['directives'] };

function isIncluded(document: Document, selection: Conditional): boolean {
  if (!selection.directives?.length) return true;
  for (const directive of selection.directives) {
    visit(directive, { Variable: (variable) => document.onCondition(variable.name.value) });
  }
  if (readCondition(GraphQLSkipDirective, selection, document) === true) return false;
  return readCondition(GraphQLIncludeDirective, selection, document) !== false;
}

function readCondition(
  directive: GraphQLDirective,
  selection: Conditional,
  { variables }: Document,
): unknown {
  try {
    return getDirectiveValues(directive, selection, variables)?.if;
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    throw badInput(`@${directive.name}(if)`, error.message);
  }
}

function applies(document: Document, type: GraphQLObjectType, condition: string): boolean {
  if (condition === type.name) return true;
  const named = document.schema.getType(condition) as GraphQLCompositeType | undefined;
  return named !== undefined && isAbstractType(named) && document.schema.isSubType(named, type);
}
