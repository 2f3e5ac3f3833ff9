import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fillPrismaSchema } from '../../scripts/lib/fill-prisma-schema.ts';
import { caselessCell, columnsOf, orderKeyCell } from '../../src/model/built-in/columns.ts';
import type { Keys } from '../../src/model/built-in/key.ts';
import { contentTables } from '../../src/model/tables/content-tables.ts';
import { orderKeyColumns, valueColumns } from '../../src/model/tables/table.ts';

const schema = readFileSync(new URL('../../prisma/schema.prisma', import.meta.url), 'utf8');

describe('prisma/schema.prisma', () => {
  it('is what the model says: `npm run schema` writes it', () => {
    expect(fillPrismaSchema(schema)).toBe(schema);
  });

  it('loses what somebody wrote into the parts that are made', () => {
    const edited = schema
      .replace('  slug            String\n', '  slug            String?\n')
      .replace('  publicTopics       Int\n', '');
    expect(edited).not.toBe(schema);
    expect(fillPrismaSchema(edited)).toBe(schema);
  });

  it('keeps what is written by hand, and its marks', () => {
    expect(fillPrismaSchema(`${schema}\n// More.`)).toBe(`${schema}\n// More.`);
    const unmarked = schema.replace(/^\/\/ End of the tables.*$/mu, '');
    expect(() => fillPrismaSchema(unmarked)).toThrow('// End of the tables of the content.');
  });

  it('has each column of a row in its table, and each index on columns that there are', () => {
    for (const { name, columns, row, primaryKey, indexes } of contentTables) {
      const names = new Set(columns.map((column) => column.name));
      expect(names.size, name).toBe(columns.length);
      for (const used of [...row, ...primaryKey, ...indexes.flatMap((index) => index.columns)])
        expect(names, name).toContain(used);
    }
  });
});

describe('columns of a key', () => {
  const value = { kind: 'line', max: 10 } as const;
  const about = { value, description: 'Text.' };
  const keys = {
    plain: { ...about, column: {} },
    sorted: { ...about, column: { folded: 'always', order: 'Text.' } },
    always: { ...about, column: { isRequired: true, folded: 'always', order: 'Text.' } },
    cold: { ...about, value: { kind: 'int', least: -50 }, column: { order: 'Degrees.' } },
    freezing: { ...about, value: { kind: 'int', least: -(2 ** 31) }, column: { order: 'Degrees.' } },
    none: { ...about, column: null },
  } as const satisfies Keys;
  const byName = Object.fromEntries(columnsOf(keys).map((column) => [column.name, column]));
  const columnOf = (name: keyof typeof keys) => {
    const column = byName[name];
    if (!column) throw new Error(`There is no column ${name}.`);
    return column;
  };

  it('are its value, that without case, and an order key each way where a value can be missing', () => {
    expect(Object.keys(byName)).toEqual(['plain', 'sorted', 'always', 'cold', 'freezing']);
    expect(valueColumns(columnOf('plain'))).toEqual([{ name: 'plain', type: 'String', isNullable: true }]);
    expect(valueColumns(columnOf('sorted')).map(({ name }) => name)).toEqual(['sorted', 'sortedFolded']);
    expect(orderKeyColumns(columnOf('sorted'))).toEqual([
      { name: 'sortedAsc', type: 'String' },
      { name: 'sortedDesc', type: 'String' },
    ]);
    expect(columnOf('always').orderedBy).toEqual({
      ...{ asc: 'alwaysFolded', desc: 'alwaysFolded' },
      missing: null,
    });
    expect(orderKeyColumns(columnOf('always'))).toEqual([]);
    expect(orderKeyColumns(columnOf('cold')).map(({ type }) => type)).toEqual(['BigInt', 'Int']);
    expect(orderKeyColumns(columnOf('freezing')).map(({ type }) => type)).toEqual(['BigInt', 'BigInt']);
  });

  it('sort what is missing behind every value, both ways', () => {
    const cellsOf = (name: keyof typeof keys, cell: string | number | null) => {
      const column = columnOf(name);
      if (!column.orderedBy?.missing) throw new Error(`${name} has no order keys.`);
      const { asc, desc } = column.orderedBy.missing;
      return [orderKeyCell(column, asc, cell), orderKeyCell(column, desc, cell)];
    };
    const numbers = (name: 'cold' | 'freezing', cell: number | null) => cellsOf(name, cell).map(Number);
    expect(cellsOf('sorted', 'Straße')).toEqual(['strasse', 'strasse']);
    const [last = '', first = ''] = cellsOf('sorted', null);
    const [greatest = ''] = cellsOf('sorted', '\u{10ffff}\u{10ffff}');
    expect(Buffer.compare(Buffer.from(String(greatest)), Buffer.from(String(last)))).toBeLessThan(0);
    expect(first).toBe('');
    for (const [name, least] of [
      ['cold', -50],
      ['freezing', -(2 ** 31)],
    ] as const) {
      const [up = 0, down = 0] = numbers(name, null);
      expect(up).toBeGreaterThan(2 ** 31 - 1);
      expect(down).toBeLessThan(least);
    }
  });

  it('have a text without case only where it is asked for', () => {
    expect(columnOf('plain').foldedName).toBe(null);
    expect(caselessCell(columnOf('always'), 'Zur Straße')).toBe('zur strasse');
    expect(caselessCell(columnOf('sorted'), null)).toBe(null);
  });
});
