import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { problemCatalogue } from '../../src/content/problems/problem-catalogue.ts';
import { codeRows, readPage, section } from './markdown.ts';

const page = readPage('docs/errors.md');
const [answers = '', commands = ''] = page.split('## Of the commands');
const rows = codeRows(answers);
const documented = rows.map(([code = '']) => code);

/** Yoga's own. */
const foreign = ['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED'];

const source = (folders: readonly string[]) =>
  folders
    .flatMap((folder) => {
      const root = new URL(`../../src/${folder}/`, import.meta.url);
      const names = readdirSync(root, { recursive: true, encoding: 'utf8' });
      return names
        .filter((name) => name.endsWith('.ts'))
        .map((name) => readFileSync(new URL(name, root), 'utf8'));
    })
    .join('\n');

const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, code = '']) => code);

describe('docs/errors.md', () => {
  const answering = source(['engine', 'graphql', 'server']);
  const raised = new Set([
    ...all(answering, /(?:codedError|documentLimitExceeded)\(\s*'([A-Z_]+)'/gu),
    ...all(answering, /refusal\(\s*\d+,\s*'([A-Z_]+)'/gu),
    ...all(answering, /\[\s*'([A-Z]+_LIMIT)'/gu),
    ...all(answering, /(?:\bcode:|extensions\.code \?\?) '([A-Z_]+)'/gu),
  ]);

  it('has each code that the gateway answers, and no other', () => {
    expect(raised.size).toBeGreaterThan(20);
    expect([...documented].sort()).toEqual([...raised, ...foreign].sort());
  });

  it('has the status of each refusal', () => {
    const statuses = [...answering.matchAll(/refusal\(\s*(\d+),\s*'([A-Z_]+)'/gu)];
    expect(statuses.length).toBeGreaterThan(10);
    for (const [, status, code] of statuses) {
      expect(rows.find(([name]) => name === code)?.[1], code).toBe(status);
    }
  });

  it('has each code of the commands, and no other', () => {
    const store = /type StoreErrorCode =([^;]+);/u.exec(source(['store']))?.[1] ?? '';
    const codes = [...all(store, /'([A-Z_]+)'/gu), ...all(source(['cli']), /\bcode: '([A-Z_]+)'/gu)];
    const others = new Set(codes.filter((code) => !acrossFiles.includes(code)));
    expect(
      codeRows(commands)
        .map(([code]) => code)
        .sort(),
    ).toEqual([...others].sort());
  });
});

/** Problems of files for what others have. */
const acrossFiles = ['DUPLICATE_SLUG', 'DUPLICATE_PATH', 'ALIAS_TAKEN', 'DUPLICATE_ALIAS'];

describe('docs/files.md', () => {
  it('has each problem with its severity', () => {
    const problems = codeRows(section(readPage('docs/files.md'), '## Problems'));
    const catalogue = Object.entries(problemCatalogue).map(([code, { severity }]) => [code, severity]);
    expect(problems.map(([code, severity]) => [code, severity])).toEqual([
      ...catalogue,
      ...acrossFiles.map((code) => [code, 'warning']),
    ]);
  });

  it('has each key and each alias of the front matter', () => {
    const schema = JSON.parse(readPage('front-matter.schema.json')) as {
      properties: Record<string, unknown>;
    };
    const named = readPage('docs/files.md');
    for (const key of Object.keys(schema.properties)) expect(named).toContain(`\`${key}\``);
  });
});
