import { expect, it } from 'vitest';
import { buildFrontMatterSchema } from '../../src/content/own/front-matter-schema.ts';
import { parseModel } from '../../src/model/parse-model.ts';

function schemaOf(fields: string) {
  const parsed = parseModel(`fields:\n${fields}`);
  if ('mistakes' in parsed) throw new Error(JSON.stringify(parsed.mistakes));
  return buildFrontMatterSchema(parsed.model) as {
    properties: Record<string, Record<string, unknown>>;
    required?: string[];
  };
}

it('describes the keys of a model under all of their names', () => {
  const { properties, required } = schemaOf(`
  subtitle: { kind: text, from: [subtitle, kicker], description: Below the title., required: true }
  level: { kind: enum, values: [1, beginner, yes, "true"], default: beginner }
  weight: { kind: int, required: true }
  rating: { kind: float, required: true, only: "a/**" }
  head: { kind: text, from: title }
  speakers: { kind: list, fields: { name: { kind: text, description: Who. }, constructor: int } }
  guide: { kind: article, from: __proto__ }
`);
  expect(properties.subtitle?.description).toBe('Below the title.');
  expect(properties.kicker?.description).toBe('Another name of `subtitle`. Below the title.');
  expect(properties.level).toMatchObject({
    enum: ['1', 'beginner', 'yes', 'true', 1, true, null],
    default: 'beginner',
  });
  expect(properties.title?.description).toBe('The headline.');
  expect(properties.speakers).toMatchObject({
    anyOf: [{ type: 'array', items: { properties: { name: { description: 'Who.' } } } }, {}],
  });
  expect(Object.keys(properties)).toContain('__proto__');
  expect(required).toEqual(['weight']);
});

it('describes an alias as what reads it', () => {
  const { properties } = schemaOf('  lead: { kind: int }\n  day: { kind: date, from: date }');
  expect(properties.lead).not.toHaveProperty('type');
  expect(properties.lead).not.toHaveProperty('description');
  expect(properties.date?.description).toContain('Another name of `publishedDateTime`');
});
