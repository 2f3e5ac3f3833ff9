import { expect, test } from 'vitest';
import { sqlite } from '../../src/engine/dialect/sqlite.ts';
import { reach } from '../../src/engine/filter/reach.ts';
import { type Join, type TableMapping, tableOf } from '../../src/engine/mapping/mapping.ts';
import { PlanBuilder } from '../../src/engine/plan/plan.ts';
import { joinedSource, rootSource, select } from '../../src/engine/sql/source.ts';
import { schema } from '../support/built-in-schema.ts';

const type = schema.getType('Problem');
const problem = (type && tableOf(type)) as TableMapping;
const join: Join = {
  table: 'Problem',
  from: 'path',
  to: 'path',
  carried: {},
  visible: null,
  publicFrom: null,
  publicTo: null,
};
const row = { column: (name: string) => `x."${name}"` };

/** Every way by which the engine comes to the rows of a type. */
function waysTo(table: TableMapping, seesHidden: boolean): string[] {
  const builder = new PlanBuilder({ dialect: sqlite, variables: {}, seesHidden });
  const reached = reach(builder, row, [join], table);
  return [
    select(builder, rootSource(builder, table), '*'),
    select(builder, joinedSource(builder, row, [join], table), '*'),
    select(builder, joinedSource(builder, row, [join, join], table, true), '*'),
    reached.exists(''),
    reached.isAmong(''),
    reached.counts((count) => `${count} > 0`),
  ];
}

test('problems are for readers with the preview scope, by whatever field they may be reached one day', () => {
  for (const sql of waysTo(problem, false)) expect(sql).toContain('1 = 0');
  for (const sql of waysTo(problem, true)) expect(sql).not.toContain('1 = 0');
});
