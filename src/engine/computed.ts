import { setImmediate } from 'node:timers/promises';
import { type FieldNode, GraphQLError } from 'graphql';
import { type ArgumentValues, COMPUTED_MARKER, type Frame, type Plan } from './plan/plan.ts';

type Json = Record<string, unknown>;

// Milliseconds after which other operations have their turn.
const SLICE_MS = 10;

/** Errors that are kept: each has its stack and its place, and a client is told of no more. */
const MAX_ERRORS = 20;

/** What an operation answers with: `data` is null when a value that may not be null could not be had. */
export interface Filled {
  data: Json | null;
  errors: GraphQLError[];
}

/** Who is asked while values are made. */
export interface Filling {
  /** Handed to each field. */
  context: unknown;
  /** Told after each value how many bytes all of them have at least; what it throws goes through. */
  onBytes(bytes: number): void;
  /** Ends the work, with its reason, when nobody waits for it any more. */
  signal: AbortSignal | undefined;
}

/**
 * Replaces the columns that stand in the places of computed fields by the fields' values, in place. An error becomes
 * null with its path in `errors`; where null may not stand, the nearest value around it that may is null instead
 * (GraphQL specification, October 2021, 6.4.4). Of many errors the first are kept. Lets other work of the process run between values.
 */
export async function fillComputed(
  data: Json,
  plan: Plan,
  frame: Frame,
  { context, onBytes, signal }: Filling,
): Promise<Filled> {
  const errors: GraphQLError[] = [];
  let bytes = 0;
  let isCut = false;
  let sliceEnd = performance.now() + SLICE_MS;
  for (const [index, position] of plan.computed.entries()) {
    const { path, node, nullableDepth, frameIndex, compute, check, shape, material } = position;
    const args = frame[frameIndex] ?? {};
    // Wrong arguments are wrong for every row.
    const refusal = refusalOf(check, args);
    for (const { holder, key, at } of holders(data, path)) {
      if (!isPlaceOf(holder[key], index) || (isCut && !isPart(data, holder, at))) continue;
      try {
        if (refusal !== null) throw refusal;
        const columns = holder[material] as Json;
        const value = (await compute(columns, args, context)) ?? null;
        if (value === null && nullableDepth < path.length) throw new Error(`${path.join('.')} is null.`);
        const shaped = value === null ? null : shape(value);
        holder[key] = shaped;
        bytes += leastBytes(shaped);
      } catch (error) {
        if (errors.length < MAX_ERRORS) errors.push(locate(error, node, at));
        if (nullableDepth === 0) return { data: null, errors };
        setNull(data, at.slice(0, nullableDepth));
        isCut ||= nullableDepth < path.length;
      }
      onBytes(bytes);
      if (performance.now() < sliceEnd) continue;
      await setImmediate();
      signal?.throwIfAborted();
      sliceEnd = performance.now() + SLICE_MS;
    }
  }
  removeMaterial(data, plan);
  return { data, errors };
}

function refusalOf(check: Plan['computed'][number]['check'], args: ArgumentValues): unknown {
  try {
    check?.(args);
    return null;
  } catch (error) {
    return error;
  }
}

function removeMaterial(data: Json, plan: Plan): void {
  const paths = new Map(
    plan.computed.map(({ path, material }) => [material, [...path.slice(0, -1), material]]),
  );
  for (const path of paths.values()) for (const { holder, key } of holders(data, path)) delete holder[key];
}

/** The bytes that a value has as JSON, or fewer. */
function leastBytes(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value) + 2;
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + leastBytes(item) + 1, 1);
  if (!isObject(value)) return 1;
  return Object.entries(value).reduce((sum, [name, part]) => sum + name.length + 4 + leastBytes(part), 1);
}

type ResponsePath = readonly (string | number)[];

function setNull(data: Json, path: ResponsePath): void {
  const holder = valueAt(data, path.slice(0, -1)) as Record<string | number, unknown>;
  holder[path.at(-1) ?? ''] = null;
}

/** Whether an object still stands in the answer that it was found in. */
function isPart(data: Json, holder: Json, at: ResponsePath): boolean {
  return valueAt(data, at.slice(0, -1)) === holder;
}

function valueAt(data: Json, path: ResponsePath): unknown {
  return path.reduce<unknown>(
    (value, step) => (value as Record<string | number, unknown> | null)?.[step],
    data,
  );
}

/** How many rows of tables an answer holds. */
export function countRows(data: Json, plan: Plan): number {
  let rows = 0;
  for (const path of plan.rowPaths) {
    const items = path.at(-1) === '*';
    for (const { holder, key } of holders(data, items ? path.slice(0, -1) : path)) {
      const value = holder[key];
      if (items && Array.isArray(value)) rows += value.filter(isObject).length;
      else if (isObject(value)) rows += 1;
    }
  }
  return rows;
}

interface Holder {
  holder: Json;
  key: string;
  at: (string | number)[];
}

function* holders(data: Json, path: readonly string[], at: (string | number)[] = []): Generator<Holder> {
  const [step, ...rest] = path;
  if (step === undefined) return;
  if (rest.length === 0) {
    yield { holder: data, key: step, at: [...at, step] };
    return;
  }
  const value = data[step];
  const here = [...at, step];
  if (rest[0] !== '*') {
    if (isObject(value)) yield* holders(value, rest, here);
    return;
  }
  for (const [i, item] of (Array.isArray(value) ? value : []).entries()) {
    if (isObject(item)) yield* holders(item, rest.slice(1), [...here, i]);
  }
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** In a list of several types the same name may be another field of another type. */
function isPlaceOf(value: unknown, index: number): value is Json {
  return isObject(value) && value[COMPUTED_MARKER] === index;
}

function locate(error: unknown, node: FieldNode, path: (string | number)[]): GraphQLError {
  const original =
    error instanceof GraphQLError
      ? error
      : new GraphQLError('Unexpected error.', { originalError: error as Error });
  const { message, extensions, originalError } = original;
  return new GraphQLError(message, { nodes: node, path, extensions, originalError });
}
