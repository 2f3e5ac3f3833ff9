import {
  type GraphQLInputType,
  type GraphQLObjectType,
  getNullableType,
  isInputObjectType,
  isListType,
} from 'graphql';

/** A place in the arguments of a field where a client may write any text. */
export interface StringPosition {
  type: string;
  field: string;
  argument: string;
  argumentType: string;
  /** The scalar that the text is of. */
  scalar: string;
  /** Input fields from the argument on; `[]` for the items of a list. */
  path: readonly string[];
  /** The whole argument, with `text` in the position. */
  fill(text: string): unknown;
}

const SCALARS = ['String', 'ID', 'URL', 'DateTime'];

/**
 * Every string position of every argument of these types. An input type that is reached in several ways is looked into
 * once for each argument, on the shortest way.
 */
export function stringPositions(types: readonly GraphQLObjectType[]): StringPosition[] {
  return types.flatMap((type) =>
    Object.values(type.getFields()).flatMap((field) =>
      field.args.flatMap((argument) =>
        positionsOf(argument.type).map((found) => ({
          ...found,
          type: type.name,
          field: field.name,
          argument: argument.name,
          argumentType: String(argument.type),
        })),
      ),
    ),
  );
}

type Found = Pick<StringPosition, 'path' | 'fill' | 'scalar'>;

function positionsOf(root: GraphQLInputType): Found[] {
  const found: Found[] = [];
  const entered = new Set<string>();
  const queue: { type: GraphQLInputType; path: string[]; fill: (value: unknown) => unknown }[] = [
    { type: root, path: [], fill: (value) => value },
  ];
  for (let next = queue.shift(); next; next = queue.shift()) {
    const { type, path, fill } = next;
    const bare = getNullableType(type);
    if (isListType(bare)) {
      queue.unshift({ type: bare.ofType, path: [...path, '[]'], fill: (value) => fill([value]) });
    } else if (!isInputObjectType(bare)) {
      if (SCALARS.includes(bare.name)) found.push({ path, fill, scalar: bare.name });
    } else if (!entered.has(bare.name) || 'eq' in bare.getFields()) {
      // Filters of one value are looked into wherever they stand: each is another column.
      entered.add(bare.name);
      for (const input of Object.values(bare.getFields())) {
        queue.push({
          type: input.type,
          path: [...path, input.name],
          fill: (value) => fill({ [input.name]: value }),
        });
      }
    }
  }
  return found;
}
