import type { Dialect } from './dialect.ts';
import { postgresql } from './postgresql.ts';
import { sqlite } from './sqlite.ts';

export type DatabaseKind = 'sqlite' | 'postgresql';

/** The dialects by the kind of the database. */
export const dialects: Readonly<Record<DatabaseKind, Dialect>> = { sqlite, postgresql };
