import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseArticle } from '../../src/content/parse-article.ts';
import { noOwnValues } from '../../src/model/own-values.ts';
import { fileOf, parseClean, parseLoaded } from './parse.ts';

const fixture = (name: string) =>
  readFileSync(new URL(`../fixtures/articles/${name}`, import.meta.url), 'utf8');

describe('the two kinds of file', () => {
  it('reads one that is all front matter, hidden, with a secured body', () => {
    expect(parseClean(fixture('harbour-clock.txt'), 'harbour-clock.txt')).toEqual({
      id: 'a_n4LyMPIFI_Ylf9Vq',
      slug: 'harbour-clock',
      wantedSlug: null,
      wantedPath: '/harbour-clock',
      title: 'The clock that keeps the harbour honest',
      excerpt:
        'For a century the tide clock on the old pier has been ten minutes slow, and nobody wants it "repaired".',
      body: '',
      format: 'text',
      category: 'culture',
      categories: [{ id: expect.any(String), slug: 'culture', name: 'culture' }],
      type: 'feature',
      publishedAt: '2023-05-04T04:30:00.000Z',
      updatedAt: null,
      locale: null,
      localeKey: '',
      placeKey: 'harbour-clock',
      translationKey: null,
      path: '/harbour-clock',
      aliases: [],
      originalUrl: 'https://www.tidepost.example/culture/harbour-clock/',
      originalUrlKey: 'tidepost.example/culture/harbour-clock',
      webUrl: 'https://tidepost.example/culture/harbour-clock?utm_source=letter',
      webUrlKey: 'tidepost.example/culture/harbour-clock',
      quality: 64,
      heat: null,
      expiresAt: null,
      hiddenBecause: ['DRAFT'],
      published: false,
      secured: 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=;Dw4NDAsKCQgHBgUEAwIBAA==',
      provider: { id: expect.stringMatching(/^p_/), name: '潮汐邮报', domain: 'tidepost.example' },
      topics: [
        { id: expect.stringMatching(/^t_/), slug: 'slow-cities', name: 'Slow Cities' },
        { id: expect.stringMatching(/^t_/), slug: 'clocks', name: 'Clocks' },
        { id: expect.stringMatching(/^t_/), slug: expect.stringMatching(/^c-[0-9a-f]{6}$/), name: 'C++' },
      ],
      images: [
        {
          id: expect.stringMatching(/^i_/),
          url: 'https://img.tidepost.example/clock.jpeg?w=1200&fit=crop',
          width: 1200,
          height: 800,
          isCached: true,
        },
      ],
      own: noOwnValues,
      related: [
        {
          id: expect.stringMatching(/^r_/),
          title: 'Who winds the town hall?',
          excerpt: 'A keeper of clocks explains her week.',
          type: 'interview',
          publishedAt: '2023-04-01T00:00:00.000Z',
          webUrl: 'https://lantern.example/winding',
          urlKey: 'lantern.example/winding',
          pathKey: null,
          quality: 71,
          provider: { id: expect.stringMatching(/^p_/), name: 'Lantern', domain: 'lantern.example' },
          images: [
            {
              id: expect.stringMatching(/^i_/),
              url: 'https://lantern.example/keeper.png',
              width: 640,
              height: 480,
              isCached: false,
            },
          ],
        },
      ],
    });
  });

  it('reads one without front matter, of which a line is a paragraph', () => {
    const article = parseClean(fixture('market-morning.txt'), 'quay/market-morning.txt');
    expect(article).toMatchObject({
      slug: 'quay/market-morning',
      title: 'The first boats come in before the lamps go out.',
      excerpt:
        'The first boats come in before the lamps go out. By six the whole quay smells of salt and diesel.',
      format: 'text',
      type: 'article',
      published: true,
      provider: null,
      publishedAt: null,
      updatedAt: null,
      locale: null,
      originalUrl: null,
      webUrl: null,
      quality: null,
      heat: null,
      secured: null,
      topics: [],
      images: [],
      own: noOwnValues,
      related: [],
    });
    expect(article.body.startsWith('The first boats')).toBe(true);
    expect(article.body.endsWith('a favour.')).toBe(true);
  });
});

describe('a secured body', () => {
  const sealed = (bytes: number) => `v2:${Buffer.alloc(bytes, 7).toString('base64')}`;

  it('is taken in the authenticated form, folded or not', () => {
    expect(parseClean(fileOf(`title: T\nsecured: "${sealed(60)}"`)).secured).toBe(sealed(60));
    const folded = sealed(60).replace(/(.{20})/g, '$1\n  ');
    expect(parseClean(fileOf(`title: T\nsecured: >-\n  ${folded}`)).secured).toBe(sealed(60));
  });

  it('is left out when it is over the limit, and not repeated', () => {
    const { article, problems } = parseLoaded(fileOf(`title: T\nsecured: "${sealed(1024 * 1024)}"`));
    expect(article.secured).toBeNull();
    expect(problems).toMatchObject([{ code: 'TEXT_TOO_LONG', field: 'secured', value: null }]);
  });
});

describe('defaults and absence', () => {
  it('takes null, an empty text and a missing key for the same', () => {
    const keys = [
      'excerpt',
      'category',
      'type',
      'publishedDateTime',
      'originalUrl',
      'webUrl',
      'quality',
      'heat',
    ];
    const lists = ['provider', 'topics', 'images', 'related', 'secured', 'slug'];
    const bare = parseClean(fileOf('title: T'));
    for (const empty of ['', 'null', '~', '""']) {
      const lines = [...keys, ...lists];
      expect(parseClean(fileOf(`title: T\n${lines.map((key) => `${key}: ${empty}`).join('\n')}`))).toEqual(
        bare,
      );
    }
  });

  it('is visible when neither `published` nor `draft` is there', () => {
    expect(parseClean(fileOf('title: T')).published).toBe(true);
    expect(parseClean(fileOf('title: T\npublished: true\ndraft: false')).published).toBe(true);
  });

  it('accepts front matter without a key', () => {
    for (const block of ['', '# only a comment', '\n\n']) {
      expect(parseClean(fileOf(block, '# A body.')).title).toBe('A body.');
    }
  });
});

describe('values', () => {
  it('keeps a title, slug, topic or category as the author wrote it, whatever YAML makes of it', () => {
    for (const text of [
      '007',
      '1e3',
      '2024',
      '0x1F',
      '12:30:45',
      '2024-13-45',
      'no',
      'True',
      '1_000',
      '.5',
      '010',
    ]) {
      const article = parseClean(
        fileOf(`title: ${text}\nslug: ${text}\ncategory: ${text}\ntopics: [${text}]`),
      );
      expect([article.title, article.slug, article.category, article.topics[0]?.name]).toEqual(
        Array(4).fill(text),
      );
    }
  });

  it('takes numbers in quotes for numbers, and 010 for ten', () => {
    const article = parseClean(
      fileOf(
        `title: T\nquality: "41"\nheat: '12'\nimages: {url: "https://a.example/b", width: 010, height: 20.0}`,
      ),
    );
    expect(article).toMatchObject({ quality: 41, heat: 12, images: [{ width: 10, height: 20 }] });
  });

  it('keeps heat 0 and takes -1 for not measured', () => {
    expect(parseClean(fileOf('title: T\nheat: 0')).heat).toBe(0);
    expect(parseClean(fileOf('title: T\nheat: -1')).heat).toBe(null);
  });

  it('puts a title on one line and keeps the lines of an excerpt', () => {
    const article = parseClean(fileOf('title: |\n  One\n  two\nexcerpt: |\n  One\n  two\n'));
    expect([article.title, article.excerpt]).toEqual(['One two', 'One\ntwo']);
  });

  it('takes a single value for a list of one', () => {
    const article = parseClean(
      fileOf('title: T\ntopics: Rome\nimages: https://a.example/x.png\nrelated: https://a.example/y'),
    );
    expect(article.topics.map((topic) => topic.name)).toEqual(['Rome']);
    expect(article.images).toMatchObject([{ url: 'https://a.example/x.png', width: null, isCached: null }]);
    expect(article.related).toMatchObject([
      { webUrl: 'https://a.example/y', urlKey: 'a.example/y', title: null },
    ]);
  });

  it('leaves one bad item of a list out and keeps the rest', () => {
    const { article, problems } = parseLoaded(
      fileOf(
        [
          'title: T',
          'topics: [Good, {bad: 1}, null, Fine]',
          'images: [https://a.example/1, /2, {width: 3}, {url: https://a.example/4, width: -1}]',
          'related: [{title: One}, {quality: 3}, {webUrl: https://a.example/3, quality: 300}]',
        ].join('\n'),
      ),
    );
    expect(article.topics.map((topic) => topic.name)).toEqual(['Good', 'Fine']);
    expect(article.images.map((image) => [image.url, image.width])).toEqual([
      ['https://a.example/1', null],
      ['https://a.example/4', null],
    ]);
    expect(article.related.map((link) => [link.title, link.webUrl, link.quality])).toEqual([
      ['One', null, null],
      [null, 'https://a.example/3', null],
    ]);
    expect(problems.map((problem) => [problem.code, problem.field, problem.line])).toEqual([
      ['TEXT_EXPECTED', 'topics[1]', 3],
      ['URL_INVALID', 'images[1]', 4],
      ['IMAGE_WITHOUT_URL', 'images[2]', 4],
      ['NUMBER_INVALID', 'images[3].width', 4],
      ['LINK_WITHOUT_TARGET', 'related[1]', 5],
      ['NUMBER_INVALID', 'related[2].quality', 5],
    ]);
  });

  it('counts a topic once in whatever spelling', () => {
    const { article, problems } = parseLoaded(fileOf('title: T\ntopics: [Straße, STRASSE, other]'));
    expect(article.topics.map((topic) => topic.name)).toEqual(['Straße', 'other']);
    expect(problems).toMatchObject([
      {
        code: 'NAME_REPEATED',
        severity: 'notice',
        value: 'STRASSE',
        message: 'The topic stands twice in the list.',
      },
    ]);
  });

  it.each([
    ['Reuters', { name: 'Reuters', domain: null }],
    ['example.org', { name: 'example.org', domain: 'example.org' }],
    ['Www.Example.org', { name: 'Www.Example.org', domain: 'example.org' }],
    ['"https://www.example.org/about"', { name: 'example.org', domain: 'example.org' }],
    ['{name: N}', { name: 'N', domain: null }],
    ['{domain: Example.ORG}', { name: 'example.org', domain: 'example.org' }],
    ['{name: N, domain: "https://www.example.org:8080/x"}', { name: 'N', domain: 'example.org' }],
    ['{name: N, domain: www.bücher.example}', { name: 'N', domain: 'bücher.example' }],
    ['{name: N, domain: xn--bcher-kva.example}', { name: 'N', domain: 'bücher.example' }],
  ])('reads the provider %s', (text, expected) => {
    expect(parseClean(fileOf(`title: T\nprovider: ${text}`)).provider).toMatchObject(expected);
  });
});

describe('body and path', () => {
  it('writes line ends as \\n, takes a BOM off and blank lines around the body, and keeps the first indent', () => {
    const article = parseClean('\ufeff---\r\ntitle: T\r\n---\r\n\r\n    code\r\nmore\r\n\r\n');
    expect(article.body).toBe('    code\nmore');
    expect(parseClean('\ufeff\ufeff---\ntitle: Two BOMs\n---\n').title).toBe('Two BOMs');
    expect(parseClean('---\rtitle: Old Mac\r---\rA\rB').body).toBe('A\nB');
  });

  it('is Markdown but for .txt', () => {
    for (const [path, format] of [
      ['a.md', 'markdown'],
      ['a.MARKDOWN', 'markdown'],
      ['a.TXT', 'text'],
    ] as const) {
      expect(parseClean(fileOf('title: T'), path).format).toBe(format);
    }
  });

  it('makes the slug of the path, so that a thousand index.md are a thousand articles', () => {
    expect(parseClean('Text.', 'one/index.md').slug).toBe('one');
    expect(parseClean('Text.', 'two/index.v2.md').slug).toBe('two/index.v2');
    expect(parseClean('Text.', 'cafe\u0301.md').slug).toBe('café');
  });
});

describe('a file with nothing in it', () => {
  it.each([
    ['notes/a-thought.md', ''],
    ['notes/a-thought.txt', '\n \n'],
  ])('has its name as its title: %s', (path, text) => {
    const { article, problems } = parseLoaded(text, path);
    expect(article).toMatchObject({ title: 'A thought', slug: 'notes/a-thought', body: '', published: true });
    expect(problems).toMatchObject([{ code: 'EMPTY_FILE', severity: 'notice' }]);
  });

  it('but front matter has it, too', () => {
    for (const text of ['---\n---\n', '---\ntags: [a]\n---\n', '---\n\n---'])
      expect(parseClean(text, 'notes/a-thought.md').title).toBe('A thought');
  });
});

describe('a path that another tool would make', () => {
  it.each([
    'permalink: false',
    'permalink: "/{{ page.fileSlug }}/"',
    'permalink: "{% if a %}/b/{% endif %}"',
  ])('is told of, and is the default one: %s', (line) => {
    const { article, problems } = parseLoaded(fileOf(`title: T\n${line}`), 'a/b.md');
    expect(article).toMatchObject({ path: '/a/b', published: true });
    expect(problems).toMatchObject([{ code: 'SITE_PATH_NOT_USED', severity: 'notice', line: 3 }]);
  });

  it('is not taken from `url` either', () => {
    expect(parseClean(fileOf('title: T\nurl: "/{{ a }}/"'), 'a/b.md').path).toBe('/a/b');
  });
});

it('tells that only another path helps a path that is too long, whatever slug the file has', () => {
  const path = `${'long/'.repeat(210)}a.md`;
  for (const text of ['Text.', '---\nslug: short\n---\nText.']) {
    const { article, problems } = parseArticle(path, text);
    expect(article).toBeNull();
    expect(problems.map(({ code, fix }) => [code, fix])).toEqual([
      ['PATH_TOO_LONG', 'Shorten the names of the file and of its folders.'],
    ]);
  }
});
