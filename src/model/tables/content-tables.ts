import { sharedKinds } from '../kinds/shared-kinds.ts';
import { aliasTable, articleTable, textTable } from './article-tables.ts';
import { imageTable, linkTable } from './part-tables.ts';
import { kindTables, providerTable } from './shared-tables.ts';
import type { Table } from './table.ts';

const kinds = sharedKinds.map((kind) => kindTables(kind));

/** All tables of the built-in content, in the order of prisma/schema.prisma. */
export const contentTables: readonly Table[] = [
  ...[articleTable, textTable, aliasTable, providerTable],
  ...kinds.flat(),
  ...[imageTable, linkTable],
];

/** The tables of what articles name of the shared kinds, in the order of those. */
export const useTables: readonly Table[] = kinds.map(([, uses]) => uses);

/** The tables of an article's own rows. */
export const articleTables: readonly Table[] = [
  ...[articleTable, textTable, aliasTable],
  ...useTables,
  ...[linkTable, imageTable],
];
