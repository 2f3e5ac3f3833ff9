import { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE } from '../../engine/page/compile-page.ts';
import type { InputRef, ObjectRef, PothosBuilder, Row } from '../pothos/pothos-builder.ts';
import type { ModelName } from './data-model.ts';
import type { MappedType } from './mapped-type.ts';
import type { OrderRef } from './order-inputs.ts';

/** A connection type and the arguments of every field that gives it. */
export interface Connection {
  ref: ObjectRef;
  args: ReturnType<typeof connectionArgs>;
}

/** What clients may give beside the page: not every list can be filtered and sorted. */
interface ConnectionInputs {
  filter?: InputRef;
  orderBy?: OrderRef;
}

export type Connections = ReturnType<typeof createConnections>;

/** The connection types of one schema. */
export function createConnections(pothos: PothosBuilder) {
  const pageInfo = addPageInfo(pothos);
  const connections = new Map<string, Connection>();
  return {
    /** The connection over the mapped type of a model. To be called when all types are defined. @throws when there is none */
    connectionOf(model: string): Connection {
      const connection = connections.get(model);
      if (!connection) throw new Error(`${model} has no connection type.`);
      return connection;
    },

    /** `<Type>Connection` and `<Type>Edge` over a mapped type. */
    connectionType<M extends ModelName>(node: MappedType<M>, inputs: ConnectionInputs = {}): Connection {
      const { typeName: name } = node;
      const edge = pothos.objectRef<Row>(`${name}Edge`).implement({
        description: `One ${name} in a list.`,
        fields: (t) => ({
          cursor: t.field({
            type: 'String',
            nullable: false,
            description: 'The place of this edge in its order. Opaque.',
            read: { kind: 'edgeCursor' },
          }),
          node: t.field({
            type: node.ref,
            nullable: false,
            description: `The ${name} itself.`,
            read: { kind: 'edgeNode' },
          }),
        }),
      });
      const ref = pothos.objectRef<Row>(`${name}Connection`).implement({
        description: `A page of a list of ${name} (Relay cursor connections).`,
        fields: (t) => ({
          edges: t.field({
            type: [edge],
            nullable: false,
            description: 'The page, in order.',
            read: { kind: 'edges' },
          }),
          pageInfo: t.field({
            type: pageInfo,
            nullable: false,
            description: 'Where the page is in the whole list.',
            read: { kind: 'pageInfo' },
          }),
          totalCount: t.field({
            type: 'Int',
            nullable: false,
            description: 'How many there are on all pages. Counted only when asked for.',
            read: { kind: 'totalCount' },
          }),
        }),
      });
      const connection = { ref, args: connectionArgs(pothos, inputs) };
      connections.set(node.name, connection);
      return connection;
    },
  };
}

function addPageInfo(pothos: PothosBuilder): ObjectRef {
  return pothos.objectRef<Row>('PageInfo').implement({
    description: 'Where a page is in its list (Relay cursor connections).',
    fields: (t) => {
      const flag = (kind: 'hasNextPage' | 'hasPreviousPage', description: string) =>
        t.field({
          type: 'Boolean',
          nullable: false,
          description,
          read: { kind },
        });
      const cursor = (kind: 'startCursor' | 'endCursor', description: string) =>
        t.field({ type: 'String', description, read: { kind } });
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
}

function connectionArgs(pothos: PothosBuilder, { filter, orderBy }: ConnectionInputs) {
  return pothos.args((t) => ({
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
