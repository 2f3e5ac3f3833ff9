import { sharedKinds } from '../kinds/shared-kinds.ts';
import { aliasTable, articleTable, textTable } from './article-tables.ts';
import { imageTable, linkTable } from './part-tables.ts';
import { kindTables, providerTable } from './shared-tables.ts';
import type { Table } from './table.ts';

/** All tables of the built-in content, in the order of prisma/schema.prisma. */
export const contentTables: readonly Table[] = [
  ...[articleTable, textTable, aliasTable, providerTable],
  ...sharedKinds.flatMap(kindTables),
  ...[imageTable, linkTable],
];
