import type { PlanBuilder } from '../plan/plan.ts';
import { parentRows, type RowScope } from './rows.ts';
import { visibility } from './visibility.ts';

// What the deepest of all parents, a connection whose edges and nodes are in JSON functions, puts around an expression
// on its rows; and what stands around the whole statement or a common table.
const PARENT = 34;
const STATEMENT = 12;

/**
 * An expression on a row of `scope`, kept apart in a common table when the parser could not take it with what comes
 * around it. The table holds the expression's JSON by the row's key, for just the rows that the response has.
 */
export function nest(builder: PlanBuilder, scope: RowScope, expression: string): string {
  if (fits(builder, expression)) return expression;
  const { key } = scope.table;
  const body = `SELECT ${scope.alias}."${key}", ${expression} FROM ${parentRows(builder, scope)}`;
  const name = builder.commonTable('d', 'id, json', body);
  return builder.dialect.fromText(`(SELECT json FROM ${name} WHERE ${name}.id = ${scope.key})`);
}

/** The same for a condition on a row of `row`: the common table, a view to the planner, has the keys it holds for. */
export function nestCondition(builder: PlanBuilder, row: RowScope, condition: string): string {
  if (fits(builder, condition)) return condition;
  const { table, key } = row.table;
  const where = [...visibility(builder, row.table, row.alias), condition].join(' AND ');
  const body = `SELECT ${row.alias}."${key}" FROM "${table}" AS ${row.alias} WHERE ${where}`;
  const name = builder.commonTable('f', 'id', body);
  return `EXISTS (SELECT 1 FROM ${name} WHERE ${name}.id = ${row.key})`;
}

function fits(builder: PlanBuilder, sql: string): boolean {
  const { parserStack } = builder.dialect;
  return parserStack === Infinity || parserDepth(sql) + PARENT + STATEMENT <= parserStack;
}

/** How many symbols wait on the parser's stack in each part of a SELECT. */
const CLAUSES: Record<string, number> = { SELECT: 5, FROM: 8, JOIN: 9, WHERE: 9, ORDER: 13, LIMIT: 14 };
/** What waits in front of the second SELECT of a compound one. */
const UNION = 2;
const TOKENS =
  /\b(?:SELECT|FROM|JOIN|WHERE|ORDER|LIMIT|UNION|CASE|END|AND|OR|NOT|EXISTS|IN)\b|'(?:[^']|'')*'|"[^"]*"|[(),]/g;

/**
 * An upper bound of the symbols that an LALR parser (SQLite's has room for 100) holds at the deepest place of an
 * expression: each open parenthesis, SELECT, CASE and operator keeps a few until it is closed.
 */
export function parserDepth(sql: string): number {
  const frames = [{ clause: 0, operators: 0, union: 0 }];
  let depth = 0;
  let deepest = 0;
  const set = (change: Partial<(typeof frames)[number]>) => {
    const frame = frames.at(-1);
    if (!frame) return;
    depth -= frame.clause + frame.operators + frame.union;
    Object.assign(frame, change);
    depth += frame.clause + frame.operators + frame.union;
    deepest = Math.max(deepest, depth);
  };
  const open = (clause: number) => {
    frames.push({ clause: 0, operators: 0, union: 0 });
    set({ clause });
  };
  const close = () => {
    set({ clause: 0, operators: 0, union: 0 });
    frames.pop();
  };
  for (const [token] of sql.matchAll(TOKENS)) {
    const frame = frames.at(-1);
    const clause = CLAUSES[token];
    if (token === '(') open(3);
    else if (token === 'CASE') open(6);
    else if (token === ')' || token === 'END') close();
    else if (clause !== undefined) set({ clause: clause + 1, operators: 0 });
    else if (token === ',') set({ clause: Math.max(frame?.clause ?? 0, 5), operators: 0 });
    else if (token === 'UNION') set({ clause: 0, operators: 0, union: UNION });
    else if (token === 'OR') set({ operators: 2 });
    else if (token === 'AND') set({ operators: Math.max(2, Math.min(4, (frame?.operators ?? 0) + 2)) });
    else if (token === 'NOT' || token === 'EXISTS' || token === 'IN')
      set({ operators: Math.min(8, (frame?.operators ?? 0) + 2) });
  }
  return deepest;
}
