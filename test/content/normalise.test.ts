import { describe, expect, it } from 'vitest';
import {
  createLabelMaker,
  createPartIds,
  makeArticleId,
  makeId,
  makeProviderMention,
} from '../../src/content/article/identity.ts';
import { makeTopicSlug, normaliseSlug } from '../../src/content/paths/make-slug.ts';
import { isPathShortEnough, slugFromPath } from '../../src/content/paths/slug-choices.ts';
import { normaliseUrl } from '../../src/content/values/normalise-url.ts';
import { topic } from '../../src/model/kinds/topic.ts';
import { compareCodePoints } from '../../src/text/compare-code-points.ts';
import { foldText } from '../../src/text/keys/fold-text.ts';
import { normaliseDomain } from '../../src/text/keys/normalise-domain.ts';
import { urlKey } from '../../src/text/keys/url-key.ts';

const makeTopic = createLabelMaker(topic);

describe('urlKey', () => {
  it('is one for all addresses of a page', () => {
    const addresses = [
      'https://www.Example.org/A/b/?id=2&x=%2f',
      'http://example.org/A/b?id=2&x=%2F#top',
      'https://example.org:443/A/b//?utm_source=x&id=2&fbclid=1&x=%2F',
      'http://example.org.:80/A/b?UTM_Campaign=&id=2&gclid&x=%2F&mc_cid=1&mc_eid=2&igshid=3',
    ];
    expect(new Set(addresses.map(urlKey))).toEqual(new Set(['example.org/A/b?id=2&x=%2F']));
  });

  it('keeps apart what may be two pages', () => {
    const addresses = [
      '/a',
      '/A',
      '/b',
      '/a?x=1',
      '/a?x=2',
      '/a?x=1&y=2',
      '/a?y=2&x=1',
      '/a?ref=1',
      '/a?utm=1',
    ];
    const keys = addresses.map((address) => urlKey(`https://example.org${address}`));
    expect(
      new Set([...keys, urlKey('https://example.org:8080/a'), urlKey('https://m.example.org/a')]).size,
    ).toBe(11);
    expect(urlKey('https://www.com/')).toBe('www.com');
  });

  it.each([
    '',
    'example.org',
    '/a',
    'ftp://example.org/',
    'javascript:alert(1)',
    'https://',
    'mailto:a@b.example',
  ])('is null for %j', (text) => {
    expect(urlKey(text)).toBe(null);
  });
});

describe('normaliseUrl', () => {
  it.each([
    ['https://Example.org/A?b=c&d#e', 'https://Example.org/A?b=c&d#e'],
    ['HTTP://example.org', 'HTTP://example.org'],
    ['https://例え.example/ペ', 'https://xn--r8jz45g.example/%E3%83%9A'],
    ['https://a.example/b c', 'https://a.example/b%20c'],
  ])('accepts %s', (text, expected) => {
    expect(normaliseUrl(text)).toBe(expected);
  });

  it.each(
    [
      '',
      '/a',
      'a.html',
      '//a.example/',
      'www.a.example',
      'javascript:alert(1)',
      'JAVASCRIPT:alert(1)',
      'java\nscript:x',
    ]
      .concat([
        'data:text/html,x',
        'file:///etc/passwd',
        'ftp://a.example/',
        'https://',
        'https:///a',
        'https:\\\\a.example',
      ])
      .concat([
        'https://user:secret@a.example/',
        'https://user@a.example/',
        'https://a b/',
        'https://a.example/\t',
      ])
      .concat([
        `https://a.example/${'x'.repeat(2048)}`,
        'https:a.example',
        'ht\ttps://a.example',
        'https://[::1/',
      ]),
  )('refuses %j', (text) => {
    expect(normaliseUrl(text)).toBe(null);
  });
});

describe('normaliseDomain', () => {
  it.each([
    ['Example.ORG', 'example.org'],
    ['www.example.org', 'example.org'],
    ['https://www.example.org/about?x', 'example.org'],
    ['example.org:8080', 'example.org'],
    ['example.org.', 'example.org'],
    ['中国日报.example', '中国日报.example'],
  ])('reads %s', (text, expected) => {
    expect(normaliseDomain(text)).toBe(expected);
  });

  it.each([
    '',
    'example',
    'not a domain',
    'a@b.example',
    '.example.org',
    'a..example',
    '-',
    'https://',
    `${'a'.repeat(300)}.example`,
  ])('refuses %j', (text) => {
    expect(normaliseDomain(text)).toBe(null);
  });
});

describe('foldText', () => {
  it.each([
    ['  New \t York\u00a0City ', 'new york city'],
    ['STRASSE', foldText('Straße')],
    ['ΣΊΣΥΦΟΣ', foldText('σίσυφος')],
    ['e\u0301cole', foldText('ÉCOLE')],
    ['ＡＩ', 'ａｉ'],
  ])('folds %j', (text, expected) => {
    expect(foldText(text)).toBe(expected);
  });

  it('is idempotent, and blind to case, for every character', () => {
    const failures: string[] = [];
    for (let point = 0; point <= 0x1ffff; point += 1) {
      // ẞ is its own upper case, but ß has SS: upper case then lower leaves the two apart.
      if ((point >= 0xd800 && point <= 0xdfff) || point === 0x1e9e) continue;
      const text = `a${String.fromCodePoint(point)}b`;
      const folded = foldText(text);
      if (foldText(folded) !== folded || foldText(text.toUpperCase()) !== folded)
        failures.push(point.toString(16));
    }
    expect(failures).toEqual([]);
  });
});

describe('slugs', () => {
  it.each([
    ['/a/b/', 'a/b'],
    [' a b ', 'a b'],
    ['cafe\u0301', 'café'],
  ])('keeps %j as %j', (text, expected) => {
    expect(normaliseSlug(text)).toBe(expected);
  });

  it.each([
    '',
    '/',
    ' ',
    'a//b',
    '../a',
    'a/../b',
    './a',
    '.',
    'a\u0000',
    'a\nb',
    'a\u2028b',
    '\ud800',
    'x'.repeat(1025),
  ])('refuses %j', (text) => {
    expect(normaliseSlug(text)).toBe(null);
  });

  it('makes a slug of a path', () => {
    const locales = new Set(['pt-BR', 'fr']);
    const slugs = [
      ...[
        'a/b.c/d.md',
        'x.TXT',
        'y.tar.markdown',
        'sea/index.md',
        'sea/_index.md',
        'sea/README.md',
        'index.md',
      ],
      ...[
        'about.fr.md',
        'sea/index.de.md',
        'pt-br/sea.md',
        'fr/index.md',
        'fr.md',
        'de/sea.md',
        'index.de.md',
      ],
    ].map((path) => slugFromPath(path, locales));
    expect(slugs).toEqual([
      ...['a/b.c/d', 'x', 'y.tar', 'sea', 'sea', 'sea', 'index'],
      ...['about', 'sea', 'sea', 'index', 'fr', 'de/sea', 'index'],
    ]);
    expect(isPathShortEnough(`${'é'.repeat(512)}.md`)).toBe(true);
    expect(isPathShortEnough(`${'é'.repeat(513)}.md`)).toBe(false);
  });

  it('never gives two topics one slug', () => {
    const names = [
      'C',
      'C++',
      'C#',
      'c-',
      '-c',
      'a b',
      'a-b',
      'a_b',
      'a/b',
      '人工智能',
      'नमस्ते',
      '+',
      '++',
      'AI & law',
      'AI law',
    ];
    // Names made to look like the slug of another.
    const forged = names.map((name) => makeTopic(name).slug.replaceAll('-', ' '));
    const topics = [...new Set([...names, ...forged].map(foldText))];
    expect(new Set(topics.map(makeTopicSlug)).size).toBe(topics.length);
    for (const slug of topics.map(makeTopicSlug))
      expect(slug).toMatch(/^[\p{L}\p{N}\p{M}]+(?:-[\p{L}\p{N}\p{M}]+)*$/u);
    expect(makeTopic('AI in  Robotics').slug).toBe('ai-in-robotics');
    expect(makeTopic('人工智能').slug).toBe('人工智能');
  });
});

describe('ids', () => {
  it('come from kind and key and nothing else', () => {
    // printf 'topic\0ai' | openssl dgst -sha256 -binary | base64 | tr '+/' '-_' | cut -c1-16
    expect(makeTopic('ai').id).toBe('t_J_KXSzwvYsHCClIe');
    expect(makeArticleId('a', null)).toMatch(/^a_[A-Za-z0-9_-]{16}$/);
    expect(makeId('provider', 'ai')).not.toBe(makeTopic('ai').id.replace('t_', 'p_'));
  });

  it('are one for two spellings', () => {
    expect(makeTopic(' AI').id).toBe(makeTopic('ai').id);
    expect(makeTopic('AI').name).toBe('AI');
    expect(makeProviderMention('One', 'a.example').id).toBe(makeProviderMention('Two', 'a.example').id);
    expect(makeProviderMention('The  Lantern', null).id).toBe(makeProviderMention('THE LANTERN', null).id);
    expect(makeProviderMention('The Lantern', null).id).not.toBe(
      makeProviderMention('The Lantern', 'a.example').id,
    );
  });

  it('of parts stay when they move, and are apart when they repeat', () => {
    const ids = (keys: string[], owner = 'o') => keys.map(createPartIds('image', owner));
    expect(ids(['a', 'b']).reverse()).toEqual(ids(['b', 'a']));
    expect(new Set(ids(['a', 'a', 'b'])).size).toBe(3);
    expect(ids(['a'])).not.toEqual(ids(['a'], 'other'));
  });
});

it('orders by code point, not by UTF-16 unit', () => {
  const sorted = ['', 'A', 'a', 'a/b', 'ab', 'é', '\ud7ff', '\uffee', '😀', '😀a'];
  expect([...sorted].reverse().sort(compareCodePoints)).toEqual(sorted);
  expect([...sorted].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))).toEqual(sorted);
});
