import { type GraphQLSchema, Kind, type OperationDefinitionNode } from 'graphql';
import { expect } from 'vitest';
import { compileOperation } from '../../src/engine/compile/compile-operation.ts';
import { sqlite } from '../../src/engine/dialect/sqlite.ts';
import { frameFor } from '../../src/engine/plan/plan.ts';
import { type Engine, parseValid } from './reference/engine.ts';

/** The steps of SQLite's plan for an operation. */
export async function explain(
  { reader }: Pick<Engine, 'reader'>,
  schema: GraphQLSchema,
  query: string,
  seesHidden: boolean,
): Promise<string[]> {
  const operation = parseValid(query, schema).definitions[0] as OperationDefinitionNode;
  expect(operation.kind).toBe(Kind.OPERATION_DEFINITION);
  const source = { schema, operation, fragments: {}, variables: {}, dialect: sqlite, seesHidden };
  const plan = compileOperation(source);
  const frame = frameFor(plan, {}) ?? [];
  const steps = await (await reader.prisma()).$queryRawUnsafe<{ detail: string }[]>(
    `EXPLAIN QUERY PLAN ${plan.sql}`,
    ...plan.parameters.map((read) => read(frame)),
  );
  return steps.map(({ detail }) => detail);
}
