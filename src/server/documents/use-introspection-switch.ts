import type { ASTVisitor, FieldNode, ValidationContext } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { introspectionDisabled } from '../http/refusals.ts';

/** Refuses `__schema` and `__type` when introspection is off; `__typename` tells nothing new and stays. */
export function useIntrospectionSwitch(enabled: boolean): Plugin {
  if (enabled) return {};
  return {
    onValidate({ addValidationRule }) {
      addValidationRule(NoIntrospectionRule);
    },
  };
}

function NoIntrospectionRule(context: ValidationContext): ASTVisitor {
  return {
    Field(node: FieldNode) {
      if (node.name.value === '__schema' || node.name.value === '__type') {
        context.reportError(introspectionDisabled());
      }
    },
  };
}
