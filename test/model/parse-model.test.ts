import { describe, expect, it } from 'vitest';
import { parseModel } from '../../src/model/parse-model.ts';

const example = `
fields:
  authors:  { kind: terms, of: Author, description: Who wrote it. }
  series:   { kind: term, of: Series }
  subtitle: { kind: text, from: [subtitle, deck] }
  weight:   { kind: int, order: true }
  rating:   { kind: float, public: false }
  eventDate: { kind: date, from: event_date, order: true, only: "events/**", required: true }
  featured: { kind: boolean, default: false }
  level:    { kind: enum, values: [beginner, in progress, 007] }
  guide:    { kind: article }
  seeAlso:  { kind: articles }
  speakers: { kind: list, fields: { name: text, url: url, role: { kind: text, from: job } } }
  place:    { kind: object, fields: { name: text, lat: float, lon: float } }
  constructor: text
`;

function mistakesOf(text: string): string[] {
  const parsed = parseModel(text);
  if (!('mistakes' in parsed)) return [];
  return parsed.mistakes.map(({ line, column, message }) => `${line}:${column} ${message}`);
}

describe('parseModel', () => {
  it('keeps of a default number the digits that are kept of the numbers of files', () => {
    const parsed = parseModel('fields: { rating: { kind: float, default: 0.30000000000000004 } }');
    expect(parsed).toMatchObject({ model: { fields: [{ default: 0.3 }] } });
  });

  it('reads every kind', () => {
    const parsed = parseModel(example);
    if ('mistakes' in parsed) throw new Error(JSON.stringify(parsed.mistakes));
    const byName = new Map(parsed.model.fields.map((field) => [field.name, field]));
    expect([...byName.keys()]).toEqual([
      ...['authors', 'series', 'subtitle', 'weight', 'rating', 'eventDate', 'featured', 'level', 'guide'],
      ...['seeAlso', 'speakers', 'place', 'constructor'],
    ]);
    expect(byName.get('authors')).toMatchObject({
      kind: 'terms',
      of: 'Author',
      description: 'Who wrote it.',
    });
    expect(byName.get('subtitle')).toMatchObject({ from: ['subtitle', 'deck'], isIndexed: false });
    expect(byName.get('eventDate')).toMatchObject({
      ...{ from: ['event_date'], only: 'events/**', isRequired: true, isOrder: true, isIndexed: true },
    });
    expect(byName.get('rating')).toMatchObject({ isPublic: false, default: null });
    expect(byName.get('featured')).toMatchObject({ default: false });
    expect(byName.get('level')).toMatchObject({
      values: [
        { name: 'beginner', text: 'beginner' },
        { name: 'in_progress', text: 'in progress' },
        { name: '_007', text: '007' },
      ],
    });
    expect(byName.get('speakers')).toMatchObject({
      fields: [{ name: 'name', kind: 'text' }, { kind: 'url' }, { name: 'role', from: ['job'] }],
    });
  });

  it('takes an empty file for no keys', () => {
    for (const text of ['', '# nothing yet\n', 'fields:\n', 'fields: {}\n'])
      expect(parseModel(text)).toEqual({ model: { fields: [] } });
  });

  it('tells all mistakes together, with their places and what was likely meant', () => {
    const found = mistakesOf(
      [
        'feilds: {}',
        'fields:',
        '  weigth: { kind: integer }',
        '  level: { kind: enum, values: [a, A], ordr: true }',
        '  author: { kind: terms }',
        '  guide: { kind: article, order: true }',
        '  featured: { kind: boolean, default: maybe }',
        '  place: { kind: object, fields: {} }',
        '  none: {}',
      ].join('\n'),
    );
    expect(found).toEqual([
      '1:1 `feilds` is not known here. Did you mean `fields`?',
      expect.stringMatching(/^3:19 `integer` is not known here\. What may stand here: text, /u),
      expect.stringMatching(/^4:32 Two of the values/u),
      '4:40 `ordr` is not known here. Did you mean `order`?',
      expect.stringMatching(/^5:3 `author` has no `of`/u),
      '6:27 `order` is not for the kind article.',
      '7:39 `default` must be true or false.',
      expect.stringMatching(/^8:34 `fields` takes 1 to 50 fields/u),
      expect.stringMatching(/^9:3 `none` has no kind/u),
    ]);
  });

  it('refuses names that the API has already, or would have twice', () => {
    const found = mistakesOf(
      [
        'fields:',
        '  title: text',
        '  weight: int',
        '  Weight: int',
        '  guide: article',
        '  guideOf: text',
        '  by: { kind: terms, of: Topic }',
        '  a: { kind: terms, of: PersonFilter }',
        '  __proto__: text',
        '  has-dash: text',
        `  ${'x'.repeat(300)}: text`,
        '  speaker: { kind: object, fields: { a: text, A: text } }',
        '  speakers: { kind: list, fields: { a: text } }',
      ].join('\n'),
    );
    expect(found.map((line) => line.slice(0, 60))).toEqual([
      expect.stringContaining('2:3 `title` is a field of articles already'),
      expect.stringContaining('4:3 `Weight` would be a field of articles twice'),
      expect.stringContaining('6:3 `guideOf` would be a field of articles twice'),
      expect.stringContaining('7:3 `Topic` is a type already'),
      expect.stringContaining('7:3 `topic` is a field of Query already'),
      expect.stringContaining('7:3 `topics` is a field of Query already'),
      expect.stringContaining('8:3 `PersonFilter` is a type already'),
      expect.stringContaining('9:3 The name must be letters'),
      expect.stringContaining('9:3 `__proto__` is a field of articles already'),
      expect.stringContaining('10:3 The name must be letters'),
      expect.stringContaining('11:3 The name must be letters'),
      expect.stringContaining('12:3 `A` would be a field of the object twice'),
      expect.stringContaining('13:3 `ArticleSpeaker` would be a type twice'),
    ]);
  });

  it('refuses types whose filters the API would have twice', () => {
    const twice = (...fields: string[]) => mistakesOf(['fields:', ...fields].join('\n'));
    const speakers = '  speakers: { kind: list, fields: { a: text } }';
    const list = '  speakerList: { kind: enum, values: [a] }';
    const message = expect.stringContaining('`ArticleSpeakerListFilter` would be a filter twice');
    expect(twice(speakers, list)).toEqual([message]);
    expect(twice(list, speakers)).toEqual([message]);
    expect(twice('  a: { kind: terms, of: TopicList }')).toEqual([
      expect.stringContaining('`TopicListFilter` is a filter already'),
    ]);
    expect(twice('  list: { kind: object, fields: { a: text } }')).toEqual([
      expect.stringContaining('`ArticleListFilter` is a filter already'),
    ]);
    expect(twice('  a: { kind: terms, of: Author }', '  b: { kind: terms, of: Author }')).toEqual([]);
  });

  it('says of a type that it needs another name, and of a key that it does', () => {
    const key = ' Give the key another name, and the one of the files as `from`.';
    expect(mistakesOf('fields: { title: text, by: { kind: term, of: Topic } }')).toEqual([
      `1:11 \`title\` is a field of articles already.${key}`,
      '1:24 `Topic` is a type already. Give `of` another name.',
      '1:24 `topic` is a field of Query already. Give `of` another name.',
      '1:24 `topics` is a field of Query already. Give `of` another name.',
    ]);
    // As `Edge`, but no type of the API ends so.
    expect(mistakesOf('fields: { a: { kind: term, of: Knowledge } }')).toEqual([]);
  });

  it('refuses a pattern that no file meets', () => {
    const found = (only: string) =>
      mistakesOf(`fields: { a: { kind: text, only: ${JSON.stringify(only)} } }`).map((line) =>
        line.slice(0, 50),
      );
    for (const only of ['!events/**', '#events', ' '])
      expect(found(only)).toEqual([expect.stringContaining('is a pattern that no file meets')]);
    for (const only of ['events/**', '\\#a', '*.md']) expect(found(only)).toEqual([]);
  });

  it('refuses a default that no database keeps', () => {
    const wrong = '2:26 `default` must be a text of at most 1,000 characters.';
    expect(mistakesOf('fields:\n  a: { kind: text, default: "\\uD800" }')[0]).toContain(wrong.slice(5));
    expect(mistakesOf('fields:\n  a: { kind: text, default: "a\\0b" }')[0]).toContain(wrong.slice(5));
  });

  it('reads a large file with many mistakes quickly, and tells the first of them', () => {
    const keys = Array.from({ length: 25_000 }, (_, index) => `k${index}: text`);
    for (const text of [keys.join('\n'), `fields:\n  ${keys.slice(0, 20_000).join('\n  ')}`]) {
      const started = performance.now();
      const found = mistakesOf(text.slice(0, 250_000));
      expect(performance.now() - started).toBeLessThan(2_000);
      expect(found.length).toBeLessThanOrEqual(101);
    }
    expect(mistakesOf(keys.slice(0, 150).join('\n')).at(-1)).toMatch(
      /^100:\d+ There are 50 more mistakes\.$/u,
    );
  });

  it('tells broken YAML, a key twice, and what is too large, with the place', () => {
    expect(mistakesOf('fields:\n  a: {kind: text')[0]).toMatch(/^2:\d+ /u);
    expect(mistakesOf('fields:\n  a: text\n  a: int')[0]).toMatch(/^3:3 /u);
    expect(mistakesOf(`# ${'x'.repeat(256 * 1024)}`)).toEqual(['1:1 The file has more than 256 KiB.']);
    const many = Array.from({ length: 201 }, (_, index) => `  k${index}: text`).join('\n');
    expect(mistakesOf(`fields:\n${many}`)).toEqual(['1:1 There are more than 200 fields.']);
    expect(mistakesOf('- a')).toEqual([expect.stringContaining('The model must be keys and values')]);
    expect(mistakesOf('fields:\n  a: { kind: text, only: "**/**/**" }')[0]).toContain('at most two');
  });
});
