import { contentTables } from '../../src/model/tables/content-tables.ts';
import { countColumns } from '../../src/model/tables/counts.ts';
import type { Index, Relation, Table, TableColumn } from '../../src/model/tables/table.ts';

/** The parts of prisma/schema.prisma that are made of src/model, by the name in the marks around them. */
const parts: Readonly<Record<string, () => string>> = {
  'tables of the content': () => contentTables.map(renderModel).join('\n\n'),
  'counts of the content': () => alignLines(countColumns.map((name) => [name, 'Int'])).join('\n'),
};

/**
 * Gives the text of prisma/schema.prisma with the parts that follow from src/model as they should be; all else stays.
 * @throws Error when a part's marks are not there
 */
export function fillPrismaSchema(text: string): string {
  return Object.entries(parts).reduce((filled, [name, render]) => fillPart(filled, name, render()), text);
}

function fillPart(text: string, name: string, content: string): string {
  const begin = new RegExp(`^ *// Begin of the ${name},.*\\n`, 'mu').exec(text);
  const end = new RegExp(`^ *// End of the ${name}\\.$`, 'mu').exec(text);
  if (!begin || !end || end.index < begin.index) {
    throw new Error(
      `prisma/schema.prisma has no lines "// Begin of the ${name}, …" and "// End of the ${name}."`,
    );
  }
  return `${text.slice(0, begin.index)}${begin[0]}${content}\n${text.slice(end.index)}`;
}

function renderModel({ name, comment, columns, relations, primaryKey, keyComment, indexes }: Table): string {
  const isComposite = primaryKey.length > 1;
  const id = isComposite ? null : primaryKey[0];
  const keys = [
    ...(isComposite ? [...remark(keyComment), `  @@id([${primaryKey.join(', ')}])`] : []),
    ...indexes.flatMap(renderIndex),
  ];
  return [
    ...(comment ? [`/// ${comment}`] : []),
    `model ${name} {`,
    ...alignLines(
      columns.map((column) => renderColumn(column, column.name === id)),
      columns.map((column) => describe(column)),
    ),
    '',
    ...alignLines(relations.map(renderRelation)),
    ...(keys.length > 0 ? ['', ...keys] : []),
    '}',
  ].join('\n');
}

function renderColumn({ name, type, isNullable, default: value }: TableColumn, isId: boolean): string[] {
  const attributes = isId ? ['@id'] : value === undefined ? [] : [`@default("${value}")`];
  return [name, `${type}${isNullable ? '?' : ''}`, ...attributes];
}

function renderRelation({ name, to, by, count, onDelete, pair }: Relation): string[] {
  const type = { one: to, optional: `${to}?`, many: `${to}[]` }[count];
  const details = [
    ...(pair === undefined ? [] : [`"${pair}"`]),
    ...(by === null ? [] : [`fields: [${by}]`, 'references: [id]']),
    ...(onDelete === undefined ? [] : [`onDelete: ${onDelete}`]),
  ];
  return [name, type, ...(details.length > 0 ? [`@relation(${details.join(', ')})`] : [])];
}

function renderIndex({ columns, isUnique, comment }: Index): string[] {
  return [...remark(comment), `  @@${isUnique ? 'unique' : 'index'}([${columns.join(', ')}])`];
}

function remark(comment: string | undefined): string[] {
  return comment === undefined ? [] : [`  // ${comment}`];
}

const WIDTH = 118;

/** A column's comment as lines of its own. */
function describe({ comment = '' }: TableColumn): string[] {
  const lines: string[] = [];
  for (const word of comment.split(' ').filter((some) => some !== '')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length >= WIDTH) lines.push(`  /// ${word}`);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}

/** Words below each other, as Prisma's own formatter has them. @param before lines before each line */
function alignLines(lines: readonly string[][], before: readonly string[][] = []): string[] {
  const widthOf = (place: number) => Math.max(...lines.map((words) => words[place]?.length ?? 0));
  const widths = [widthOf(0), widthOf(1)];
  return lines.flatMap((words, index) => [
    ...(before[index] ?? []),
    `  ${words.map((word, place) => word.padEnd(widths[place] ?? 0)).join(' ')}`.trimEnd(),
  ]);
}
