import type { AfterArgument } from '../mapping/mapping.ts';
import type { FieldArguments, PlanBuilder } from '../plan/plan.ts';

/** SQL of what became of an argument that names the version which a client has. */
export interface BoundVersion {
  /** The version, or 0 where it is one to start over from. */
  since: string;
  /** 1 where it is: changes since then are not known, or the index has not come so far, so that it is another one. */
  isReset: string;
}

/** The name under which scopes keep `isReset` beside their arguments; no argument can bear it. */
export const IS_RESET = '#isReset';

/**
 * Binds the argument and holds it against the versions that are known, in the statement itself: the answer and the
 * verdict are of one state of the database. 0 stands for a client that has nothing.
 */
export function bindSince(
  builder: PlanBuilder,
  args: FieldArguments,
  { argument, known }: Pick<AfterArgument, 'argument' | 'known'>,
  path: string,
): BoundVersion {
  const asked = args.bind((values) => values[argument] ?? 0, `${path}(${argument})`);
  const { table, key } = known;
  const column = (name: 'first' | 'last') => `"${known[name][builder.seesHidden ? 'full' : 'public']}"`;
  const isReset = `${asked} <> 0 AND (${asked} > ${column('last')} OR ${asked} < ${column('first')})`;
  const name = builder.commonTable(
    'v',
    'since, isReset',
    `SELECT CASE WHEN ${isReset} THEN 0 ELSE ${asked} END, ${isReset} FROM "${table}" ORDER BY "${key}" DESC LIMIT 1`,
  );
  return { since: `(SELECT since FROM ${name})`, isReset: `(SELECT isReset FROM ${name})` };
}
