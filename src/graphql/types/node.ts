import { builder, type Row } from '../builder/builder.ts';
import { resolveElsewhere } from '../builder/resolve-elsewhere.ts';

/** The Relay Node interface: everything with a global id. */
export const Node = builder.interfaceRef<Row>('Node').implement({
  description: 'Anything with a global id (Relay global object identification).',
  fields: (t) => ({
    id: t.field({
      type: 'ID',
      nullable: false,
      description: 'Made from the content: the same files give the same id anywhere.',
      resolve: resolveElsewhere,
    }),
  }),
});

builder.queryFields((t) => ({
  node: t.field({
    type: Node,
    description: 'The thing with this id; null when there is none that you may see.',
    args: { id: t.arg.id({ required: true, description: 'A global id.' }) },
    extensions: { read: { kind: 'node' } },
    resolve: resolveElsewhere,
  }),
  nodes: t.field({
    type: [Node],
    nullable: { list: false, items: true },
    description: 'The things with these ids, in their order; null in the place of each that you may not see.',
    args: {
      ids: t.arg.idList({ required: true, description: 'Global ids, of any types mixed; at most 100.' }),
    },
    extensions: { read: { kind: 'nodeList' } },
    resolve: resolveElsewhere,
  }),
}));
