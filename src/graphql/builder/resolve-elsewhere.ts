/** The resolver of every field. It never runs: executeOperation answers from the mappings on the fields. */
export function resolveElsewhere(): never {
  throw new Error('This schema is answered by executeOperation, not by resolvers.');
}
