/**
 * The data model for PostgreSQL, from the text of the one for SQLite. Moments stay texts and truths 0 and 1, as SQLite has them:
 * both databases then compare, sort and print the same values (docs/decisions.md).
 */
export function postgresqlSchema(schema: string): string {
  return schema
    .replace('provider = "sqlite"', 'provider = "postgresql"')
    .replace(/^(\s+\w+\s+)DateTime\b/gm, '$1String')
    .replace(/^(\s+\w+\s+)Boolean(\??)/gm, '$1Int$2 @db.SmallInt');
}

/**
 * The migration that Prisma writes, as the gateway needs it: texts are compared by their bytes, as SQLite does, and the tables go
 * into the schema that the connection names.
 */
export function postgresqlMigration(sql: string): string {
  return sql
    .replace(/^-- CreateSchema\nCREATE SCHEMA .*\n\n/m, '')
    .replace(/^( +"\w+" )TEXT\b|(ADD COLUMN +"\w+" )TEXT\b/gm, '$1$2TEXT COLLATE "C"');
}
