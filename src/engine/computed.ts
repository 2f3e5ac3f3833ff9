import { GraphQLError } from 'graphql';
import { COMPUTED_MARKER, type Frame, type Plan } from './plan.ts';

type Json = Record<string, unknown>;

/**
 * Replaces the columns that stand in the places of computed fields by the fields' values, in place.
 * An error becomes null with its path in `errors`, as the specification has it for nullable fields (6.4.4).
 */
export async function fillComputed(
  data: Json,
  plan: Plan,
  frame: Frame,
  context: unknown,
): Promise<GraphQLError[]> {
  const errors: GraphQLError[] = [];
  for (const [index, { path, frameIndex, compute, shape }] of plan.computed.entries()) {
    for (const { holder, key, at } of holders(data, path)) {
      const columns = holder[key];
      if (!isColumnsOf(columns, index)) continue;
      try {
        const value = (await compute(columns, frame[frameIndex] ?? {}, context)) ?? null;
        holder[key] = value === null ? null : shape(value);
      } catch (error) {
        holder[key] = null;
        errors.push(locate(error, at));
      }
    }
  }
  return errors;
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
function isColumnsOf(value: unknown, index: number): value is Json {
  return isObject(value) && value[COMPUTED_MARKER] === index;
}

function locate(error: unknown, path: (string | number)[]): GraphQLError {
  const original =
    error instanceof GraphQLError
      ? error
      : new GraphQLError('Unexpected error.', { originalError: error as Error });
  const { message, extensions, originalError } = original;
  return new GraphQLError(message, { path, extensions, originalError });
}
