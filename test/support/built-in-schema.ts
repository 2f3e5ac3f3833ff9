import { buildSchema } from '../../src/graphql/schema.ts';
import { noOwnKeys } from '../../src/model/own-model.ts';

/** The schema without keys of the owner's. */
export const schema = buildSchema(noOwnKeys);
