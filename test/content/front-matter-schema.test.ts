import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { articleFields } from '../../src/content/fields/fields.ts';
import { buildFrontMatterSchema } from '../../src/content/own/front-matter-schema.ts';

it('describes every key and every alias that is read', () => {
  const schema = buildFrontMatterSchema() as {
    $schema: string;
    properties: Record<string, { description: string }>;
  };
  expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
  expect(Object.keys(schema.properties).sort()).toEqual(
    [
      'aliases',
      'redirect_from',
      'translationKey',
      'canonicalUrl',
      'category',
      'cover',
      'date',
      'deck',
      'dek',
      'description',
      'draft',
      'excerpt',
      'heat',
      'heroImage',
      'image',
      'images',
    ]
      .concat([
        ...[
          'categories',
          'lang',
          'language',
          'locale',
          'section',
          'dateModified',
          'lastUpdated',
          'last_modified_at',
          'lastmod',
          'modified',
          'tag',
          'updated',
          'updatedAt',
        ],
        'keywords',
        'lead',
        'path',
        'permalink',
        'originalUrl',
        'provider',
        'pubDate',
        'published',
        'publishedAt',
        'publishedDateTime',
        'quality',
      ])
      .concat([
        'related',
        'secured',
        'slug',
        'source_url',
        'spoiler',
        'subtitle',
        'summary',
        'tags',
        'title',
        'topics',
        'type',
        'url',
        'webUrl',
      ])
      .concat(['publishDate', 'published_time', 'datePublished', 'created', 'createdAt'])
      .concat(['expiryDate', 'expires', 'expireDate', 'unpublishDate', 'expiration_date'])
      .concat(['unpublish_on', 'embargo', 'publish_on', 'publication_status', 'workflow_state'])
      .concat(['publish', 'public', 'visible', 'hidden', 'private', 'unlisted', 'unpublished', 'archived'])
      .concat(['status', 'visibility', 'state', 'post_status'])
      .sort(),
  );
  for (const key of articleFields.known) expect(schema.properties).toHaveProperty(key);
  for (const property of Object.values(schema.properties)) expect(property.description).not.toBe('');
  expect(schema).toMatchObject({ type: 'object', properties: { draft: { type: 'boolean' } } });
  expect(JSON.parse(JSON.stringify(schema))).toEqual(schema);
});

it('is committed as editors read it (npm run schema writes it)', () => {
  const committed = readFileSync(new URL('../../front-matter.schema.json', import.meta.url), 'utf8');
  expect(JSON.parse(committed)).toEqual(buildFrontMatterSchema());
});

it('refers to nothing that it has not', () => {
  const schema = buildFrontMatterSchema();
  const references = JSON.stringify(schema).match(/(?<="\$ref":")[^"]+/gu) ?? [];
  expect(references.length).toBeGreaterThan(30);
  for (const reference of references) {
    const [, ...steps] = reference.split('/');
    let here: unknown = schema;
    for (const step of steps) here = (here as Record<string, unknown>)[step];
    expect(here, reference).toBeTypeOf('object');
  }
});
