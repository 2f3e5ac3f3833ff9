import type { SchemaBuilder } from '../builder/schema-builder.ts';

/** Adds the root fields by global id. */
export function defineNode(schema: SchemaBuilder): void {
  schema.pothos.queryFields((t) => ({
    node: t.field({
      type: schema.node,
      description: 'The thing with this id; null when there is none that you may see.',
      args: { id: t.arg.id({ required: true, description: 'A global id.' }) },
      read: { kind: 'node' },
    }),
    nodes: t.field({
      type: [schema.node],
      nullable: { list: false, items: true },
      description:
        'The things with these ids, in their order; null in the place of each that you may not see.',
      args: {
        ids: t.arg.idList({ required: true, description: 'Global ids, of any types mixed; at most 100.' }),
      },
      read: { kind: 'nodeList' },
    }),
  }));
}
