import type { GraphQLError } from 'graphql';
import type { OperationSource } from './compile/compile-operation.ts';
import { countRows, fillComputed } from './computed.ts';
import { encodeCursors } from './dialect/cursor-mark.ts';
import { codedError } from './mapping/errors.ts';
import { chargeOf, dearestOf, type RowsOf } from './plan/charges.ts';
import type { ArgumentValues, Frame, Plan } from './plan/plan.ts';
import type { PlanCache } from './plan-cache.ts';

/** Characters of an answer that takes a turn of the event loop for itself. */
const LARGE = 64 * 1024;
/** And of one of which the rows are counted, for which it must be parsed. */
const MAX_COUNTED = 1024 * 1024;

/** Answers root fields `__schema` and `__type` of an operation from its schema, by response name. */
export type Introspect = (fields: Plan['root']['introspection']) => Promise<Record<string, unknown>>;

/**
 * Runs one statement of one row with one text column and gives that text. `isBounded` is false when the statement may
 * look at many more rows than its cost says.
 */
export type RunStatement = (
  sql: string,
  parameters: readonly unknown[],
  isBounded: boolean,
) => Promise<string | null>;

export interface RunOptions {
  plans: PlanCache;
  run: RunStatement;
  introspect: Introspect;
  /** How many rows scans go through; asked only for a plan that has some. */
  readRows: () => Promise<RowsOf>;
  /** The greatest cost that is run; see Cost in plan.ts. */
  maxCost: number;
  /** The most bytes that the JSON of `data` may have. */
  maxBytes: number;
  /** Waits for the turn of a large answer. */
  yieldToEventLoop: () => Promise<void>;
  /** Waits until an answer of so many characters may be parsed, and gives the way to tell that it is done with. */
  enterParsing: (size: number) => Promise<() => void>;
  /** Handed to computed fields. */
  context: unknown;
  /** Ends the work when nobody waits for it any more. @default never */
  signal?: AbortSignal | undefined;
  /** Whether to count the rows of the answer, if that is not too large. */
  countsRows: boolean;
}

export interface RunResult {
  /** The JSON of `data`. */
  text: string;
  errors: readonly GraphQLError[];
  /** Rows the operation may read, counted before it ran. */
  cost: number;
  /** Rows in the answer; null when nobody asked for them, or it is large. */
  rows: number | null;
}

/**
 * Answers an operation from the database.
 * @throws COST_LIMIT_EXCEEDED before anything is read, ANSWER_TOO_LARGE before the answer leaves the database where it
 * can be told there, and what compileOperation throws
 */
export async function runOperation(source: OperationSource, options: RunOptions): Promise<RunResult> {
  const { plan, frame, keep } = options.plans.find(source);
  if (plan.cost.rows > options.maxCost) throw tooDear(plan.cost.rows, options.maxCost, pageAdvice(plan));
  const cost = plan.scans.length === 0 ? plan.cost.rows : await addCharges(plan, options);
  const { names, introspection } = plan.root;
  if (introspection.length === names.length) {
    const text = JSON.stringify(await options.introspect(introspection));
    return { text: within(text, options.maxBytes), errors: [], cost: 0, rows: 0 };
  }
  const answer = await options.run(
    plan.sql,
    [...plan.parameters.map((read) => read(frame)), options.maxBytes],
    plan.scans.length === 0 && plan.openLists <= 1 && !frame.some(hasFilter),
  );
  if (answer === null) throw new Error('The statement gave no row.');
  keep();
  // Several large answers in one turn of the event loop would keep everybody else waiting.
  if (answer.length > LARGE) await options.yieldToEventLoop();
  const text = plan.hasCursors ? encodeCursors(answer) : answer;
  if (!text.startsWith('{')) {
    const what = plan.computed.length > 0 ? 'The answer and what it is made from' : 'The answer';
    throw tooLarge(options.maxBytes, Number(text), what);
  }
  const isWhole = plan.computed.length === 0 && introspection.length === 0;
  const countsRows = options.countsRows && text.length <= MAX_COUNTED;
  if (isWhole && !countsRows) return { text, errors: [], cost, rows: null };
  // Parsed, an answer takes many times the memory of its text. Small ones are bounded by the number of operations.
  const leave = text.length > LARGE ? await options.enterParsing(text.length) : () => {};
  try {
    return await finishAnswer(text, { plan, frame, cost, isWhole, countsRows }, options);
  } finally {
    leave();
  }
}

interface Parsed {
  plan: Plan;
  frame: Frame;
  cost: number;
  isWhole: boolean;
  countsRows: boolean;
}

/** The answer with what is made in JavaScript: values, introspection, and the number of its rows. */
async function finishAnswer(
  text: string,
  { plan, frame, cost, isWhole, countsRows }: Parsed,
  options: RunOptions,
): Promise<RunResult> {
  const { names, introspection } = plan.root;
  const data = JSON.parse(text);
  const rows = countsRows ? countRows(data, plan) : null;
  if (isWhole) return { text, errors: [], cost, rows };
  const { data: filled, errors } = await fillComputed(data, plan, frame, {
    context: options.context,
    signal: options.signal,
    onBytes(bytes) {
      if (bytes > options.maxBytes) throw tooLarge(options.maxBytes, null);
    },
  });
  if (filled === null) return { text: 'null', errors, cost, rows };
  if (introspection.length > 0) Object.assign(data, await options.introspect(introspection));
  const ordered = Object.fromEntries(names.map((name) => [name, data[name]]));
  return { text: within(JSON.stringify(ordered), options.maxBytes), errors, cost, rows };
}

/** The cost with what its scans are charged. @throws COST_LIMIT_EXCEEDED */
async function addCharges(plan: Plan, { readRows, maxCost }: RunOptions): Promise<number> {
  const rowsOf = await readRows();
  const charged = plan.scans.reduce((sum, scan) => sum + chargeOf(scan, rowsOf), 0);
  const cost = plan.cost.rows + charged;
  const dearest = dearestOf(plan.scans, rowsOf);
  if (cost <= maxCost) return cost;
  if (!dearest || charged < plan.cost.rows) throw tooDear(cost, maxCost, pageAdvice(plan));
  const what = `${dearest.field} sorts or filters up to ${rowsOf(dearest)} rows, ${dearest.times} times`;
  const advice =
    'order by one field, leave out the filter or its totalCount, or ask for it below fewer rows.';
  throw tooDear(cost, maxCost, { field: dearest.field, text: `${what}; ${advice}` });
}

function pageAdvice({ cost: { field } }: Plan) {
  return { field, text: `${field} costs most; ask for smaller pages or fewer levels.` };
}

function tooDear(found: number, max: number, { field, text }: { field: string; text: string }) {
  const message = `This operation may read ${found} rows, at most ${max} are allowed. ${text}`;
  return codedError('COST_LIMIT_EXCEEDED', message, { limit: { name: 'MAX_COST', max, found }, field });
}

/** The text itself. @throws ANSWER_TOO_LARGE */
function within(text: string, maxBytes: number): string {
  const bytes = Buffer.byteLength(text);
  if (bytes > maxBytes) throw tooLarge(maxBytes, bytes);
  return text;
}

/** For a statement that ran out of memory before its answer was whole. */
export function answerOutgrowsMemory(max: number): GraphQLError {
  const message =
    'The answer, or what it is made from, takes more memory than there is for it. Ask for smaller pages or fewer texts.';
  return codedError('ANSWER_TOO_LARGE', message, { limit: { name: 'MAX_ANSWER_BYTES', max, found: null } });
}

/** @param found null when it is not known by how much */
function tooLarge(max: number, found: number | null, what = 'The answer') {
  const size = found === null ? `more than ${max} bytes` : `${found} bytes, at most ${max} are allowed`;
  const message = `${what} would have ${size}. Ask for smaller pages or fewer texts.`;
  return codedError('ANSWER_TOO_LARGE', message, { limit: { name: 'MAX_ANSWER_BYTES', max, found } });
}

/** What a filter refuses has been read, too, and may be all there is. */
function hasFilter({ filter }: ArgumentValues): boolean {
  return filter !== undefined && filter !== null;
}
