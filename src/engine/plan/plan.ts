import { createHash } from 'node:crypto';
import { type FieldNode, GraphQLError, type GraphQLField, getArgumentValues } from 'graphql';
import type { Dialect } from '../dialect/dialect.ts';
import { badInput, codedError } from '../mapping/errors.ts';
import type { Compute, ComputedMapping } from '../mapping/mapping.ts';
import type { Scan } from './charges.ts';

export type Variables = Readonly<Record<string, unknown>>;
export type ArgumentValues = Readonly<Record<string, unknown>>;

/** The coerced arguments of every field of a plan that takes some, in the order of compilation. */
export type Frame = readonly ArgumentValues[];

/** Where a computed field's value stands in the answer: names and, for the items of a list, `*`. */
export interface ComputedField {
  path: readonly string[];
  /** The field in the document, for the places of errors. */
  node: FieldNode;
  /** How many steps of `path` lead to what becomes null when the value cannot be had; with 0 that is the whole answer. */
  nullableDepth: number;
  /** Which arguments of the frame are the field's. */
  frameIndex: number;
  compute: Compute;
  /** As of ComputedMapping. */
  check: ComputedMapping['check'];
  /** The selection on the value when that is an object or a list of objects. */
  shape: (value: unknown) => unknown;
  /** The name under which the object around it has the columns that the value is made from, and other fields' may be. */
  material: string;
}

/** Not a GraphQL name, so no selection can bear it: holds the number of the computed field that an object stands for. */
export const COMPUTED_MARKER = '#';

/**
 * One operation compiled: a statement, what its parameters are, and which other variables it also serves. The statement
 * gives the JSON of `data`; or, where that has more bytes than its last parameter says, the number of its bytes.
 */
export interface Plan {
  sql: string;
  /** All but the last. */
  parameters: readonly ((frame: Frame) => unknown)[];
  guards: readonly Guard[];
  calls: readonly Call[];
  computed: readonly ComputedField[];
  /** Whether the answer has cursors; see encodeCursors. */
  hasCursors: boolean;
  /** Where objects stand that are rows of tables: response paths, `*` for the items of a list. */
  rowPaths: readonly (readonly string[])[];
  cost: Cost;
  /** What comes on top of the cost, by how much content there is when it runs. */
  scans: readonly Scan[];
  /** The most lists in one another that nothing but the content bounds: each is charged as a few rows. */
  openLists: number;
  root: RootFields;
}

/** What the statement leaves to others. */
interface RootFields {
  /** The response names of all root fields, in order. */
  names: readonly string[];
  /** Root fields `__schema` and `__type`, which the schema answers. */
  introspection: readonly { name: string; nodes: readonly FieldNode[] }[];
}

/** A plan serves an execution when each guard reads what it read at compilation. */
interface Guard {
  /** The call whose arguments it reads; null for the operation's variables. */
  call: number | null;
  read: (values: Readonly<Record<string, unknown>>) => string;
  expected: string;
}

interface Call {
  field: GraphQLField<unknown, unknown>;
  node: FieldNode;
  /** The field's response path, for errors. */
  path: string;
}

/** Rows that the operation may read, and the field that takes most of them. */
export interface Cost {
  rows: number;
  /** Response path of the most expensive field. */
  field: string;
}

/** A field's arguments while it is compiled: as values now, and as readers for later executions. */
export interface FieldArguments {
  values: ArgumentValues;
  /** Makes what `read` gives part of the plan's shape: another value is another plan. */
  fix(read: (values: ArgumentValues) => unknown): void;
  /** A parameter of the statement that is read from the arguments of each execution; `argument` names it in errors. */
  bind(read: (values: ArgumentValues) => unknown, argument: string): string;
  index: number;
}

/** How many fields an operation may have, its fragments written out. */
export const MAX_FIELDS = 1_000;

/** Collects a plan while an operation is compiled. */
export class PlanBuilder {
  readonly dialect: Dialect;
  readonly variables: Variables;
  /** Readers who see hidden rows get plans without the visibility predicate. */
  readonly seesHidden: boolean;
  readonly #computed: ComputedField[] = [];
  readonly #parameters: ((frame: Frame) => unknown)[] = [];
  readonly #guards: Guard[] = [];
  readonly #calls: Call[] = [];
  readonly #tables: string[] = [];
  readonly #scans: Scan[] = [];
  readonly #rowPaths: (readonly string[])[] = [];
  #aliases = 0;
  #openLists = 0;
  #hasCursors = false;
  #materials = 0;
  #fields = 0;
  #rows = 0;
  #dearest = { rows: -1, field: '' };

  constructor(options: { dialect: Dialect; variables: Variables; seesHidden: boolean }) {
    this.dialect = options.dialect;
    this.variables = options.variables;
    this.seesHidden = options.seesHidden;
  }

  /** A table alias that no other part of the statement has. */
  alias(): string {
    this.#aliases += 1;
    return `t${this.#aliases}`;
  }

  /**
   * Counts a field of the operation with its fragments written out, before it is compiled: a short document can spell
   * a long operation.
   * @throws COST_LIMIT_EXCEEDED
   */
  admitField(path: readonly string[]): void {
    this.#fields += 1;
    if (this.#fields <= MAX_FIELDS) return;
    const message = `This operation has more than ${MAX_FIELDS} fields, its fragments written out.`;
    throw codedError('COST_LIMIT_EXCEEDED', message, {
      limit: { name: 'fields', max: MAX_FIELDS, found: null },
      field: path.filter((step) => step !== '*').join('.'),
    });
  }

  fixVariable(name: string): void {
    const read = (variables: Variables) => String(variables[name]);
    this.#guards.push({ call: null, read, expected: read(this.variables) });
  }

  /** The arguments of the field at this response path. @throws BAD_USER_INPUT */
  arguments(
    { field, node }: { field: GraphQLField<unknown, unknown>; node: FieldNode },
    path: readonly string[],
  ): FieldArguments {
    const call = { field, node, path: path.filter((step) => step !== '*').join('.') };
    const values = readArguments(call, this.variables);
    const index = this.#calls.push(call) - 1;
    return {
      values,
      index,
      fix: (read) => {
        const asText = (args: ArgumentValues) => shorten(JSON.stringify(read(args)) ?? '');
        this.#guards.push({ call: index, read: asText, expected: asText(values) });
      },
      bind: (read, argument) =>
        this.#bind((frame) => checkText(read(frame[index] as ArgumentValues), argument)),
    };
  }

  #bind(read: (frame: Frame) => unknown): string {
    return this.dialect.parameter(this.#parameters.push(read));
  }

  /** Adds a common table expression and gives its name. With `isKept` its rows are made once, however often it is read. */
  commonTable(prefix: string, columns: string, body: string, isKept = false): string {
    const name = `${prefix}${this.#tables.length + 1}`;
    this.#tables.push(`${name}(${columns}) AS ${isKept ? 'MATERIALIZED ' : ''}(${body})`);
    return name;
  }

  /** A name for the columns that computed fields of one object are made from: no selection can bear it. */
  materialName(): string {
    this.#materials += 1;
    return `${COMPUTED_MARKER}${this.#materials}`;
  }

  /** Notes that the answer has cursors, which are written in JavaScript. */
  noteCursors(): void {
    this.#hasCursors = true;
  }

  /** Notes a computed field; an object of the pairs this returns stands in its place. */
  addComputed(position: ComputedField): [name: string, value: string][] {
    const number = String(this.#computed.push(position) - 1);
    return [[COMPUTED_MARKER, this.dialect.column(number, 'plain')]];
  }

  /** Counts rows that the field at this response path may read. */
  addCost(rows: number, path: readonly string[]): void {
    this.#rows += rows;
    if (rows > this.#dearest.rows)
      this.#dearest = { rows, field: path.filter((step) => step !== '*').join('.') };
  }

  /** Notes rows that are gone through and not given. */
  addScan(scan: Omit<Scan, 'field'>, field: string): void {
    this.#scans.push({ ...scan, field });
  }

  /** Notes how many lists in one another nothing but the content bounds. */
  noteOpenLists(count: number): void {
    this.#openLists = Math.max(this.#openLists, count);
  }

  /** Notes that the objects at this response path are rows. */
  addRows(path: readonly string[]): void {
    this.#rowPaths.push(path);
  }

  finish(select: string, root: RootFields): Plan {
    // Behind a common table, so that it is made once: written into the condition it would be made there once more.
    const answer = this.commonTable('a', 'data', select, this.dialect.inlinesCommonTables);
    const last = this.dialect.parameter(this.#parameters.length + 1);
    return {
      sql: `WITH ${this.#tables.join(', ')} ${this.dialect.within(answer, last)}`,
      parameters: this.#parameters,
      guards: this.#guards,
      calls: this.#calls,
      computed: this.#computed,
      hasCursors: this.#hasCursors,
      root,
      rowPaths: this.#rowPaths,
      scans: this.#scans,
      openLists: this.#openLists,
      cost: { rows: Math.floor(this.#rows), field: this.#dearest.field },
    };
  }
}

// Guards are kept with their plans, and a filter's shape can be as long as a request.
function shorten(text: string): string {
  return text.length <= 200 ? text : createHash('sha256').update(text).digest('base64');
}

/** Texts in the database are whole: one with a NUL or half a character would be cut or replaced on its way there. */
export function checkText(value: unknown, argument: string): unknown {
  if (typeof value !== 'string') return value;
  if (value.includes('\0')) throw badInput(argument, `${argument} has a NUL character in it.`);
  if (!value.isWellFormed()) throw badInput(argument, `${argument} has half a surrogate pair in it.`);
  return value;
}

/** A list argument as the JSON array that statements read. @throws BAD_USER_INPUT for what no stored text can be */
export function checkTexts(values: unknown, argument: string): string {
  const items = values as readonly unknown[];
  return JSON.stringify(items.map((item) => checkText(item, argument)));
}

/** CoerceArgumentValues of the specification (6.4.1): a variable may be null where its default may not be replaced. */
function readArguments({ field, node, path }: Call, variables: Variables): ArgumentValues {
  try {
    return getArgumentValues(field, node, variables);
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const wrong = node.arguments?.find(({ value }) => error.nodes?.includes(value));
    throw badInput(wrong ? `${path}(${wrong.name.value})` : path, error.message);
  }
}

/** The arguments of an execution when the plan serves it, else null. */
export function frameFor(plan: Plan, variables: Variables): Frame | null {
  for (const guard of plan.guards) {
    if (guard.call === null && guard.read(variables) !== guard.expected) return null;
  }
  const frame = plan.calls.map((call) => readArguments(call, variables));
  for (const guard of plan.guards) {
    if (guard.call !== null && guard.read(frame[guard.call] as ArgumentValues) !== guard.expected)
      return null;
  }
  return frame;
}
