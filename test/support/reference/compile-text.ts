import { type ExecutionArgs, GraphQLError, parse } from 'graphql';
import { compileOperation } from '../../../src/engine/compile/compile-operation.ts';
import { sqlite } from '../../../src/engine/dialect/sqlite.ts';
import { frameFor } from '../../../src/engine/plan/plan.ts';
import { coerceVariables } from '../../../src/graphql/operations/coerce-variables.ts';
import { findOperation } from '../../../src/graphql/operations/execute-operation.ts';
import { schema } from '../built-in-schema.ts';
import type { Statement } from '../count-steps.ts';

/** The statement that an operation becomes, with its parameters; null where its arguments are refused. */
export function compileText(
  text: string,
  { variables = {}, preview = false }: { variables?: Record<string, unknown>; preview?: boolean } = {},
): Statement | null {
  const found = findOperation({ document: parse(text) } as ExecutionArgs);
  if (found instanceof GraphQLError) throw found;
  const coerced = coerceVariables(schema, found, variables);
  if (coerced.errors) return null;
  try {
    const plan = compileOperation({
      ...{ schema, dialect: sqlite, seesHidden: preview },
      ...{ ...found, variables: coerced.coerced },
    });
    const frame = frameFor(plan, coerced.coerced) ?? [];
    return { sql: plan.sql, parameters: plan.parameters.map((read) => read(frame)) };
  } catch (error) {
    if (error instanceof GraphQLError) return null;
    throw error;
  }
}
