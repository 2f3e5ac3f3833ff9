// What a person would write by hand for three answers: one statement each, which builds the JSON that is sent.

const providerOf = (row: string) =>
  `(SELECT json_object('name', p.name, 'domain', p.domain) FROM Provider p WHERE p.id = ${row}.providerId)`;

const imagesOf = (column: string, row: string, more = '') =>
  `(SELECT json_group_array(json_object('url', url, 'width', width, 'height', height${more})) FROM
     (SELECT url, width, height, isCached FROM Image WHERE ${column} = ${row}.id ORDER BY position))`;

const truth = (column: string) =>
  `CASE ${column} WHEN 1 THEN json('true') WHEN 0 THEN json('false') ELSE NULL END`;

const cached = `, 'isCached', ${truth('isCached')}`;

/** No parameters; one row with one column, the body of the answer. */
export const nestedPageSql = `
SELECT json_object('data', json_object('articles', json_object('edges', (
  SELECT json_group_array(json_object('node', json_object(
    'slug', a.slug, 'title', a.title, 'excerpt', a.excerpt, 'publishedAt', a.publishedAt,
    'provider', ${providerOf('a')},
    'topics', (SELECT json_group_array(json_object('name', name)) FROM
      (SELECT t.name FROM ArticleTopic j JOIN Topic t ON t.id = j.topicId WHERE j.articleId = a.id ORDER BY j.position)),
    'images', ${imagesOf('articleId', 'a')},
    'related', (SELECT json_group_array(json_object('title', r.title, 'webUrl', r.webUrl,
        'provider', ${providerOf('r')}, 'images', ${imagesOf('relatedLinkId', 'r')})) FROM
      (SELECT id, title, webUrl, providerId FROM RelatedLink WHERE sourceId = a.id ORDER BY position) r)
  ))) FROM (SELECT id, slug, title, excerpt, publishedAt, providerId FROM Article
    WHERE published = 1 ORDER BY publishedAtDesc DESC, id DESC LIMIT 20) a
))))`;

/** Takes a slug; one row with one column, the body of the answer. The plus keeps SQLite from walking all articles in their order. */
export const articlePageSql = `
SELECT json_object('data', json_object('article', (
  SELECT json_object(
    'slug', a.slug, 'title', a.title, 'excerpt', a.excerpt,
    'body', (SELECT body FROM ArticleText WHERE articleId = a.id),
    'category', a.category, 'type', a.type, 'publishedAt', a.publishedAt, 'originalUrl', a.originalUrl,
    'webUrl', a.webUrl, 'quality', a.quality, 'heat', a.heat, 'published', ${truth('a.published')},
    'provider', ${providerOf('a')},
    'topics', (SELECT json_group_array(json_object('name', name, 'slug', slug)) FROM
      (SELECT t.name, t.slug FROM ArticleTopic j JOIN Topic t ON t.id = j.topicId WHERE j.articleId = a.id ORDER BY j.position)),
    'images', ${imagesOf('articleId', 'a', cached)},
    'related', (SELECT json_group_array(json_object('title', r.title, 'excerpt', r.excerpt, 'webUrl', r.webUrl,
        'type', r.type, 'publishedAt', r.publishedAt, 'quality', r.quality,
        'provider', ${providerOf('r')}, 'images', ${imagesOf('relatedLinkId', 'r', cached)},
        'article', (SELECT json_object('slug', o.slug, 'title', o.title) FROM Article o WHERE o.id = r.articleId AND o.published = 1)))
      FROM (SELECT * FROM RelatedLink WHERE sourceId = a.id ORDER BY position) r),
    'referencedBy', json_object('edges', (SELECT json_group_array(json_object('node',
        json_object('slug', slug, 'title', title, 'publishedAt', publishedAt))) FROM
      (SELECT s.slug, s.title, s.publishedAt FROM Article s
        WHERE s.published = 1 AND s.id IN (SELECT sourceId FROM RelatedLink WHERE articleId = a.id)
        ORDER BY +s.publishedAtDesc DESC, s.id DESC LIMIT 10)))
  ) FROM Article a WHERE a.slug = ? AND a.published = 1
)))`;

/** No parameters; the bare count behind the operation `filteredCount`. */
export const filteredCountSql = `
SELECT json_object('data', json_object('articles', json_object('totalCount', (
  SELECT count(*) FROM Article WHERE published = 1 AND quality >= 50 AND instr(titleFolded, 'harbour') > 0
))))`;
