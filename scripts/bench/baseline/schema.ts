import type { GraphQLSchema } from 'graphql';
import type { PrismaClient } from '../../../src/generated/prisma/client.ts';
import type { BaselineBuilder } from './builder.ts';

const newestFirst = [{ publishedAtDesc: 'desc' as const }, { id: 'desc' as const }];
const page = { defaultSize: 20, maxSize: 100 };

/**
 * The gateway's types in the spelling of its `schema.graphql`, as the documentation of plugin-prisma would have one
 * write them: objects on models, relations, connections by `id`, and the same rule of visibility in each `where`.
 */
export function createBaselineSchema(builder: BaselineBuilder, client: PrismaClient): GraphQLSchema {
  const Provider = builder.prismaObject('Provider', {
    fields: (t) => ({
      id: t.exposeID('id'),
      name: t.exposeString('name'),
      domain: t.exposeString('domain', { nullable: true }),
      articles: t.relatedConnection('articles', {
        cursor: 'id',
        totalCount: true,
        query: { where: { published: true }, orderBy: newestFirst },
        ...page,
      }),
    }),
  });

  const Image = builder.prismaObject('Image', {
    fields: (t) => ({
      id: t.exposeID('id'),
      url: t.expose('url', { type: 'URL' }),
      width: t.exposeInt('width', { nullable: true }),
      height: t.exposeInt('height', { nullable: true }),
      isCached: t.exposeBoolean('isCached', { nullable: true }),
    }),
  });

  const Topic = builder.prismaObject('Topic', {
    fields: (t) => ({
      id: t.exposeID('id'),
      slug: t.exposeString('slug'),
      name: t.exposeString('name'),
      articles: t.prismaConnection({
        type: 'Article',
        cursor: 'id',
        totalCount: (topic) => client.articleTopic.count({ where: { topicId: topic.id, isPublic: true } }),
        resolve: (query, topic) =>
          client.article.findMany({
            ...query,
            where: { published: true, topics: { some: { topicId: topic.id } } },
            orderBy: newestFirst,
          }),
        ...page,
      }),
    }),
  });

  const RelatedLink = builder.prismaObject('RelatedLink', {
    fields: (t) => ({
      id: t.exposeID('id'),
      title: t.exposeString('title', { nullable: true }),
      excerpt: t.exposeString('excerpt', { nullable: true }),
      webUrl: t.expose('webUrl', { type: 'URL', nullable: true }),
      type: t.exposeString('type'),
      publishedAt: t.expose('publishedAt', { type: 'DateTime', nullable: true }),
      quality: t.exposeInt('quality', { nullable: true }),
      provider: t.relation('provider', { nullable: true }),
      images: t.relation('images', { query: { where: { isPublic: true }, orderBy: { position: 'asc' } } }),
      article: t.field({
        type: Article,
        nullable: true,
        select: (_args, _context, nested) => ({ article: nested(true) }),
        resolve: (link) => (link.article?.published ? link.article : null),
      }),
    }),
  });

  const Article = builder.prismaObject('Article', {
    fields: (t) => ({
      id: t.exposeID('id'),
      slug: t.exposeString('slug'),
      title: t.exposeString('title'),
      excerpt: t.exposeString('excerpt', { nullable: true }),
      body: t.string({
        nullable: true,
        select: { text: { select: { body: true } } },
        resolve: (article) => article.text?.body,
      }),
      category: t.exposeString('category', { nullable: true }),
      type: t.exposeString('type'),
      publishedAt: t.expose('publishedAt', { type: 'DateTime', nullable: true }),
      originalUrl: t.expose('originalUrl', { type: 'URL', nullable: true }),
      webUrl: t.expose('webUrl', { type: 'URL', nullable: true }),
      quality: t.exposeInt('quality', { nullable: true }),
      heat: t.exposeInt('heat', { nullable: true }),
      published: t.exposeBoolean('published'),
      provider: t.relation('provider', { nullable: true }),
      topics: t.field({
        type: [Topic],
        select: (_args, _context, nested) => ({
          topics: { select: { topic: nested(true) }, orderBy: { position: 'asc' } },
        }),
        resolve: (article) => article.topics.map(({ topic }) => topic),
      }),
      images: t.relation('images', { query: { where: { isPublic: true }, orderBy: { position: 'asc' } } }),
      related: t.relation('related', { query: { where: { isPublic: true }, orderBy: { position: 'asc' } } }),
      referencedBy: t.prismaConnection({
        type: 'Article',
        cursor: 'id',
        resolve: (query, article) =>
          client.article.findMany({
            ...query,
            where: { published: true, related: { some: { articleId: article.id } } },
            orderBy: newestFirst,
          }),
        ...page,
      }),
    }),
  });

  builder.queryType({
    fields: (t) => ({
      article: t.prismaField({
        type: Article,
        nullable: true,
        args: { id: t.arg.id(), slug: t.arg.string() },
        resolve: (query, _root, { id, slug }) =>
          client.article.findFirst({
            ...query,
            where: { published: true, ...(id ? { id } : {}), ...(slug ? { slug } : {}) },
          }),
      }),
      articles: t.prismaConnection({
        type: Article,
        cursor: 'id',
        totalCount: () => client.article.count({ where: { published: true } }),
        resolve: (query) =>
          client.article.findMany({ ...query, where: { published: true }, orderBy: newestFirst }),
        ...page,
      }),
      provider: t.prismaField({
        type: Provider,
        nullable: true,
        args: { domain: t.arg.string({ required: true }) },
        resolve: (query, _root, { domain }) =>
          client.provider.findFirst({ ...query, where: { domain, isPublic: true } }),
      }),
      topic: t.prismaField({
        type: Topic,
        nullable: true,
        args: { slug: t.arg.string({ required: true }) },
        resolve: (query, _root, { slug }) =>
          client.topic.findFirst({ ...query, where: { slug, isPublic: true } }),
      }),
    }),
  });

  void [Image, RelatedLink];
  return builder.toSchema();
}
