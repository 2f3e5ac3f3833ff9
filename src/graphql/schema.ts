import type { GraphQLSchema } from 'graphql';
import './builder/scalars.ts';
import './types/node.ts';
import './types/article.ts';
import './types/article-text.ts';
import './types/article-secured.ts';
import './types/provider.ts';
import './types/topic.ts';
import './types/category.ts';
import './types/image.ts';
import './types/related-link.ts';
import './types/content-version.ts';
import './types/change.ts';
import './types/problem.ts';
import './types/content-changed.ts';
import { builder } from './builder/builder.ts';

/** The GraphQL schema. Its fields carry mappings to the database and are answered by executeOperation. */
export const schema: GraphQLSchema = builder.toSchema();
