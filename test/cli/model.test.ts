import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { parseModel } from '../../src/model/parse-model.ts';
import { createPlace, type Place, runCli } from './run-cli.ts';

// Each command is a process of its own, and a busy machine starts them slowly.
vi.setConfig({ testTimeout: 90_000 });

let place: Place;
beforeEach(() => {
  place = createPlace();
});
afterEach(() => place.remove());

const article = (lines: string) => `---\n${lines}\n---\nText.\n`;

/** 24 articles in two folders, with keys of all kinds. */
function writeFolder(): void {
  for (let number = 0; number < 24; number += 1) {
    const lines = [
      `title: Piece ${number}`,
      `authors: [${['Ann Lee', 'Bo Chen', '"Cy\\nDee"'][number % 3]}]`,
      `level: ${['beginner', 'expert'][number % 2]}`,
      `series: ${['Spring walks', 'Winter walks'][number % 2]}`,
      `weight: ${number}`,
      `rating: ${number % 2 === 0 ? number : `${number}.5`}`,
      `event_date: 2025-03-${String(number + 1).padStart(2, '0')}`,
      `featured: ${number % 2 === 0}`,
      `youtube-id: video ${number}`,
      `homepage: https://example.org/${number}`,
      `guide: trees/piece-${(number + 1) % 24}`,
      `seeAlso: [/trees/piece-3, ./piece-4.md]`,
      `reviewer_email: ann${number}@example.org`,
      `speakers: [{ name: Ann ${number}, url: https://example.org/a, phone: 12 }]`,
      `place: { name: Barn ${number}, lat: 1.5, lon: 2 }`,
      'nothing: ~',
      `constructor: text ${number}`,
      `translations: note ${number}`,
    ];
    place.write(`trees/piece-${number}.md`, article(lines.join('\n')));
  }
  place.write('events/one.md', article('title: One\nspace: Hall\nSpace Count: 3'));
  place.write('events/two.md', article('title: Two\nspace: Yard\nspace_count: 4\ndraft: true'));
  place.write('events/bad.md', '---\ntitle: [unclosed\n---\n');
}

test('all keys are found with the kind that all of their values have', async () => {
  writeFolder();
  const { code, stdout, stderr } = await runCli(['model', place.content]);
  expect(code).toBe(0);
  expect(stderr).toContain('keys found in 27 files of ');
  expect(stderr).toContain('of which 1 cannot be read');
  const lines = stdout.split('\n').filter((line) => /^ {2}\w/u.test(line));
  expect(lines.map((line) => line.trim())).toEqual([
    'authors: { kind: terms, of: Author, only: "trees/**" }',
    'constructor: { kind: text, only: "trees/**" }',
    'eventDate: { kind: date, from: event_date, order: true, only: "trees/**" }',
    'featured: { kind: boolean, only: "trees/**" }',
    'guide: { kind: article, only: "trees/**" }',
    'homepage: { kind: url, only: "trees/**" }',
    'level: { kind: enum, values: [beginner, expert], only: "trees/**" }',
    'place: { kind: object, only: "trees/**", fields: { name: text, lat: float, lon: float } }',
    'rating: { kind: float, order: true, only: "trees/**" }',
    'reviewerEmail: { kind: text, from: reviewer_email, only: "trees/**", public: false }',
    'seeAlso: { kind: articles, only: "trees/**" }',
    'series: { kind: term, of: Series, only: "trees/**" }',
    'speakers: { kind: list, only: "trees/**", fields: { name: text, url: url } }',
    'translationsValue: { kind: text, from: translations, only: "trees/**" }',
    'weight: { kind: int, order: true, only: "trees/**" }',
    'youtubeId: { kind: text, from: youtube-id, only: "trees/**" }',
    'spaceCount: { kind: int, from: "Space Count", order: true, only: "events/**" }',
    'space: { kind: text, only: "events/**" }',
    'nothing: { kind: text }',
  ]);
  expect(stdout).toContain('  # 24 files, 3 values: "Ann Lee", "Bo Chen", "Cy\ufffdDee"\n');
  expect(stdout).toContain('"phone"');
  expect(stdout).not.toContain('ann1@example.org');
  expect(parseModel(stdout)).toHaveProperty('model');
});

test('--write puts it beside the content; a second time it adds what is new, and nothing else changes', async () => {
  writeFolder();
  const file = `${place.content}/gateway.yaml`;
  writeFileSync(file, '# Ours.\nfields:\n  weight: { kind: float } # By hand.\n');
  const first = await runCli(['model', '--write'], place.env);
  expect(first).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/articles\/gateway\.yaml is written\n$/u),
  });
  const text = readFileSync(file, 'utf8');
  expect(text).toMatch(
    /^# Ours\.\nfields:\n {2}weight: \{ kind: float \} # By hand\.\n {2}# 24 files, 3 values/u,
  );
  expect(parseModel(text)).toHaveProperty('model.fields.length', 19);

  place.write('events/three.md', article('title: Three\nlate: 12'));
  const { stdout } = await runCli(['model', '--write', '--json'], place.env);
  expect(JSON.parse(stdout)).toMatchObject({
    isWritten: true,
    keys: [{ key: 'late', kind: 'int', files: 1 }],
  });
  expect(readFileSync(file, 'utf8')).toBe(
    `${text}  # 1 file, 1 value: "12"\n  late: { kind: int, order: true }\n`,
  );
  expect((await runCli(['model', '--write'], place.env)).stdout).toBe('');
});

test('a gateway.yaml that is wrong, or a link out of the folder, is left alone', async () => {
  writeFolder();
  const file = `${place.content}/gateway.yaml`;
  writeFileSync(file, 'fields:\n  weight: { kind: itn }\n');
  const { code, stderr } = await runCli(['model', '--write'], place.env);
  expect(code).toBe(2);
  expect(stderr).toMatch(/gateway\.yaml:2:\d+ {2}`itn` is not known here/u);
  expect(readFileSync(file, 'utf8')).toBe('fields:\n  weight: { kind: itn }\n');

  place.delete('gateway.yaml');
  const outside = `${place.root}/outside.yaml`;
  writeFileSync(outside, 'fields: {}\n');
  symlinkSync(outside, file);
  expect((await runCli(['model', '--write'], place.env)).code).not.toBe(0);
  expect(readFileSync(outside, 'utf8')).toBe('fields: {}\n');
});

test('start, seed and check say once how many keys the API has not', async () => {
  writeFolder();
  const line = '19 keys of your files are not in the API; `npm run model -- --write` adds them.';
  for (const command of ['check', 'seed']) {
    const { stdout } = await runCli([command], place.env);
    expect(stdout.split(line), command).toHaveLength(2);
  }
  await runCli(['model', '--write'], place.env);
  expect((await runCli(['check'], place.env)).stdout).not.toContain('not in the API');
  // What no model could add, and what the owner has for other files alone, is not said to be missing.
  place.write('strange.md', article(`title: S\n${'k'.repeat(201)}: 1\n" ": 2`));
  place.write(
    'gateway.yaml',
    `${readFileSync(`${place.content}/gateway.yaml`, 'utf8')}  apart: { kind: int, only: "apart/**" }\n`,
  );
  place.write('apart.md', article('title: T\napart: 3'));
  expect((await runCli(['check'], place.env)).stdout).not.toContain('not in the API');
});

test('a model inside of the content folder is no article, whatever reads the folder', async () => {
  const file = `${place.content}/keys.md`;
  place.write('a.md', article('title: A\nweight: 3\nmood: fair'));
  place.write('keys.md', 'fields: { weight: { kind: int, order: true } }\n');
  const env = { ...place.env, MODEL: file };
  for (const args of [['check'], ['seed'], ['seed', '--force'], ['seed', '--rebuild']]) {
    const { code, stdout } = await runCli([...args, '--json'], env);
    expect(code).toBe(0);
    const told = JSON.parse(stdout);
    expect(told.totals?.articles ?? told.articles, args.join(' ')).toBe(1);
    expect(told.files).toBe(1);
    expect(told.unread).toEqual({});
  }
  const { stdout } = await runCli(['model', '--json'], env);
  expect(JSON.parse(stdout)).toMatchObject({ files: 1, keys: [{ key: 'mood' }] });
  expect((await runCli(['doctor'], env)).stdout).toContain(': 1 article file\n');
});
