import { describe, expect, it } from 'vitest';
import { localeFromPath, withoutLocale } from '../../src/content/paths/locale-from-path.ts';
import {
  defaultPath,
  isWithinSite,
  normaliseSitePath,
  pathOfSlug,
} from '../../src/content/paths/site-path.ts';
import { pathKey } from '../../src/text/keys/path-key.ts';

describe('a path within the site', () => {
  it.each([
    ['/notes/first-frost/', '/notes/first-frost/'],
    ['notes/first-frost', '/notes/first-frost'],
    ['/notes/a.html?x=1#top', '/notes/a.html'],
    ['https://site.example/notes/a/', '/notes/a/'],
    ['https://site.example', '/'],
    ['/ünterwegs/', '/ünterwegs/'],
    ['//other.example/a', null],
    ['/a/../b', null],
    ['/a/./b', null],
    ['/:year/:title/', null],
    ['/{{ page.fileSlug }}/', null],
    ['/{% if a %}b{% endif %}', null],
    ['/<%= slug %>', null],
    ['/a\\b', null],
    ['/a\u0000b', null],
    [`/${'a'.repeat(1024)}`, null],
  ])('of %j is %j', (text, path) => {
    expect(normaliseSitePath(text)).toBe(path);
  });

  it('is a slug without the name of an index file', () => {
    expect(['a/b', 'a/index', 'a/_index', 'a/README', 'index', 'a/reindex'].map(pathOfSlug)).toEqual([
      ...['/a/b', '/a', '/a', '/a', '/', '/a/reindex'].map((path) => path),
    ]);
  });

  it.each([
    ['a/b.md', 'a/b', null, '/a/b'],
    ['_posts/2024-01-31-title.md', '_posts/2024-01-31-title', null, '/2024/01/31/title'],
    ['news/_posts/2024-1-5-a-b.md', 'news/_posts/2024-1-5-a-b', null, '/news/2024/01/05/a-b'],
    ['_posts/sea/2024-01-31-t/index.md', '_posts/sea/2024-01-31-t', null, '/sea/2024/01/31/t'],
    ['_posts/about.md', '_posts/about', null, '/about'],
    ['_posts/2024-01-31-title.md', 'short', 'short', '/short'],
    ['_posts/2024-01-31-title.md', '_posts/2024-01-31-title.md', null, '/_posts/2024-01-31-title.md'],
    ['2024-01-31-title.md', '2024-01-31-title', null, '/2024-01-31-title'],
    ['_posts.md', '_posts', null, '/_posts'],
  ])(
    'of %s with the slug %s is by default its slug, and of a post where Jekyll puts it',
    (path, slug, wanted, expected) => {
      expect(defaultPath(path, slug, wanted, new Set())).toBe(expected);
    },
  );

  it('is told from a whole URL', () => {
    expect(['/a', ' /a', '//a', 'a', 'https://a'].map(isWithinSite)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  it('is compared without slashes at its end', () => {
    expect(['/a/', '/a', 'a//', '/', ''].map(pathKey)).toEqual(['/a', '/a', '/a', '/', '/']);
  });
});

describe('a language in the name of a file', () => {
  it.each([
    ['about.fr.md', 'fr', 'about.md'],
    ['a/b.pt-br.markdown', 'pt-BR', 'a/b.markdown'],
    ['a/b.zh_hant.md', 'zh-Hant', 'a/b.md'],
    ['notes.v2.md', null, 'notes.v2.md'],
    ['page.js.md', null, 'page.js.md'],
    ['page.min.md', null, 'page.min.md'],
    ['fr.md', null, 'fr.md'],
    ['a.fr/b.md', null, 'a.fr/b.md'],
  ])('%s: %j', (path, locale, without) => {
    expect([localeFromPath(path), withoutLocale(path)]).toEqual([locale, without]);
  });
});
