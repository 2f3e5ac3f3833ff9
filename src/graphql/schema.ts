import type { GraphQLSchema } from 'graphql';
import type { OwnModel } from '../model/own-model.ts';
import { createSchemaBuilder } from './builder/schema-builder.ts';
import { defineArticle } from './types/article.ts';
import { defineArticleSecured } from './types/article-secured.ts';
import { defineArticleText } from './types/article-text.ts';
import { defineChange } from './types/change.ts';
import { defineContentChanged } from './types/content-changed.ts';
import { defineContentVersion } from './types/content-version.ts';
import { defineImage } from './types/image.ts';
import { defineNode } from './types/node.ts';
import { defineOwnKinds } from './types/own-kinds.ts';
import { defineProblem } from './types/problem.ts';
import { defineProvider } from './types/provider.ts';
import { defineRelatedLink } from './types/related-link.ts';
import { defineSharedKinds } from './types/shared-kinds.ts';

/** The GraphQL schema over a model. Its fields carry mappings to the database and are answered by executeOperation. */
export function buildSchema(model: OwnModel): GraphQLSchema {
  const schema = createSchemaBuilder(model);
  defineNode(schema);
  defineArticle(schema);
  defineArticleText(schema);
  defineArticleSecured(schema);
  defineProvider(schema);
  defineSharedKinds(schema);
  defineImage(schema);
  defineRelatedLink(schema);
  defineContentVersion(schema);
  defineChange(schema);
  defineProblem(schema);
  defineContentChanged(schema);
  defineOwnKinds(schema);
  return schema.pothos.toSchema();
}
