import { cpSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { findKeys } from '../../src/content/find-keys/find-keys.ts';
import { proposeFields } from '../../src/content/find-keys/propose-fields.ts';
import { writeModel } from '../../src/content/find-keys/write-model.ts';
import { defaultReading, prepareReading } from '../../src/content/reading.ts';
import { isObjectKey, isScalarKey, noOwnKeys, type OwnField } from '../../src/model/own-model.ts';
import { parseModel } from '../../src/model/parse-model.ts';
import { openEngine } from '../support/reference/engine.ts';

const habits = fileURLToPath(new URL('../fixtures/habits/', import.meta.url));
const folders = readdirSync(habits, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

// What is asked of a field to see what it holds.
function selectionOf(field: OwnField): string {
  if (isScalarKey(field)) return field.name;
  if (isObjectKey(field)) return `${field.name} { ${field.fields.map(({ name }) => name).join(' ')} }`;
  return field.kind.startsWith('article') ? `${field.name} { slug }` : `${field.name} { name }`;
}

test.each(folders)(
  '%s: a found model is served as it is, and each of its keys has what the files say',
  async (name) => {
    const folder = `${habits}${name}/content`;
    const found = await findKeys(folder, prepareReading(defaultReading));
    const proposal = proposeFields(found, noOwnKeys);
    const parsed = parseModel(writeModel(proposal, null));
    if (!('model' in parsed)) throw new Error(JSON.stringify(parsed.mistakes));
    const { model } = parsed;
    const engine = await openEngine((to) => cpSync(folder, to, { recursive: true }), undefined, model);
    try {
      const told = await engine.ask('{ problems(first: 100) { edges { node { code field } } } }', {
        preview: true,
      });
      const codes = told.data.problems.edges.map(({ node }: { node: { code: string } }) => node.code);
      expect(codes).not.toContain('ENUM_UNKNOWN');
      if (model.fields.length === 0) return;
      const { data, errors } = await engine.ask(
        `{ articles(first: 100) { edges { node { ${model.fields.map(selectionOf).join(' ')} } } } }`,
        { preview: true },
      );
      expect(errors).toEqual([]);
      const nodes: Record<string, unknown>[] = data.articles.edges.map(({ node }: { node: unknown }) => node);
      for (const { name: field } of model.fields) {
        const values = nodes
          .map((node) => node[field])
          .filter((value) => value !== null && JSON.stringify(value) !== '[]');
        const proposed = proposal.fields.find((one) => one.field.name === field);
        // A key of nulls alone is there and says nothing.
        if ((proposed?.notes.distinct.size ?? 0) > 0) expect(values.length, field).toBeGreaterThan(0);
      }
    } finally {
      await engine.close();
    }
  },
);

test('the folders have keys of their own', () => {
  expect(folders.length).toBeGreaterThanOrEqual(10);
});
