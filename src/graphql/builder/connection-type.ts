import type { FieldMapping } from '../../engine/mapping/mapping.ts';
import { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE } from '../../engine/page/compile-page.ts';
import { builder, type ModelName, type ObjectRef, type Row } from './builder.ts';
import type { FilterRef } from './filter-inputs.ts';
import type { MappedType } from './mapped-type.ts';
import type { OrderRef } from './order-inputs.ts';
import { resolveElsewhere } from './resolve-elsewhere.ts';

const pageInfo = builder.objectRef<Row>('PageInfo').implement({
  description: 'Where a page stands in its list (Relay cursor connections).',
  fields: (t) => {
    const flag = (kind: 'hasNextPage' | 'hasPreviousPage', description: string) =>
      t.field({
        type: 'Boolean',
        nullable: false,
        description,
        extensions: read({ kind }),
        resolve: resolveElsewhere,
      });
    const cursor = (kind: 'startCursor' | 'endCursor', description: string) =>
      t.field({ type: 'String', description, extensions: read({ kind }), resolve: resolveElsewhere });
    return {
      hasNextPage: flag('hasNextPage', 'Whether there is more after this page.'),
      hasPreviousPage: flag('hasPreviousPage', 'Whether there is more before this page.'),
      startCursor: cursor('startCursor', 'The cursor of the first edge; null when there is none.'),
      endCursor: cursor(
        'endCursor',
        'The cursor of the last edge; null when there is none. Give it as `after` for the next page.',
      ),
    };
  },
});

/** A connection type and the arguments of every field that gives it. */
export interface Connection {
  ref: ObjectRef;
  args: ReturnType<typeof connectionArgs>;
}

/** What clients may give beside the page: not every list can be filtered and sorted. */
interface ConnectionInputs {
  filter?: FilterRef;
  orderBy?: OrderRef;
}

const connections = new Map<string, Connection>();

/** The connection over the mapped type of a model. To be called when all type files are loaded. */
export function connectionOf(model: string): Connection {
  const connection = connections.get(model);
  if (!connection) throw new Error(`${model} has no connection type.`);
  return connection;
}

/** `<Type>Connection` and `<Type>Edge` over a mapped type. */
export function connectionType<M extends ModelName>(
  node: MappedType<M>,
  inputs: ConnectionInputs = {},
): Connection {
  const { name } = node;
  const edge = builder.objectRef<Row>(`${name}Edge`).implement({
    description: `One ${name} in a list.`,
    fields: (t) => ({
      cursor: t.field({
        type: 'String',
        nullable: false,
        description: 'The place of this edge in its order. Opaque.',
        extensions: read({ kind: 'edgeCursor' }),
        resolve: resolveElsewhere,
      }),
      node: t.field({
        type: node.ref,
        nullable: false,
        description: `The ${name} itself.`,
        extensions: read({ kind: 'edgeNode' }),
        resolve: resolveElsewhere,
      }),
    }),
  });
  const ref = builder.objectRef<Row>(`${name}Connection`).implement({
    description: `A page of a list of ${name} (Relay cursor connections).`,
    fields: (t) => ({
      edges: t.field({
        type: [edge],
        nullable: false,
        description: 'The page, in order.',
        extensions: read({ kind: 'edges' }),
        resolve: resolveElsewhere,
      }),
      pageInfo: t.field({
        type: pageInfo,
        nullable: false,
        description: 'Where the page stands in the whole list.',
        extensions: read({ kind: 'pageInfo' }),
        resolve: resolveElsewhere,
      }),
      totalCount: t.field({
        type: 'Int',
        nullable: false,
        description: 'How many there are on all pages. Counted only when asked for.',
        extensions: read({ kind: 'totalCount' }),
        resolve: resolveElsewhere,
      }),
    }),
  });
  const connection = { ref, args: connectionArgs(inputs) };
  connections.set(name, connection);
  return connection;
}

function connectionArgs({ filter, orderBy }: ConnectionInputs) {
  return builder.args((t) => ({
    first: t.int({
      description: `The page's size, from the beginning (0 to ${MAX_PAGE_SIZE}); ${DEFAULT_PAGE_SIZE} when neither first nor last is given.`,
    }),
    after: t.string({ description: 'Only what comes after this cursor.' }),
    last: t.int({ description: `The page's size, from the end (0 to ${MAX_PAGE_SIZE}).` }),
    before: t.string({ description: 'Only what comes before this cursor.' }),
    ...(filter && { filter: t.field({ type: filter, description: 'Only what meets all of this.' }) }),
    ...(orderBy && {
      orderBy: t.field({
        type: [orderBy],
        description: 'What to sort by, the most important first. Missing values come last either way.',
      }),
    }),
  }));
}

function read(mapping: FieldMapping): { read: FieldMapping } {
  return { read: mapping };
}
