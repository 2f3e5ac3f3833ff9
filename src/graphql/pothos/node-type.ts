import type { PothosBuilder, Row } from './pothos-builder.ts';

/** Adds the Relay Node interface: everything with a global id. */
export function nodeType(pothos: PothosBuilder) {
  return pothos.interfaceRef<Row>('Node').implement({
    description: 'Anything with a global id (Relay global object identification).',
    fields: (t) => ({
      id: t.field({
        type: 'ID',
        nullable: false,
        description: 'Made from the content: the same files give the same id anywhere.',
      }),
    }),
  });
}
