import { defineConfig } from 'prisma/config';

// Prisma's CLI wants its native schema engine to be present before any command and would download it.
// generate, validate and format never start it (they use WASM), so an existing file is enough.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;
process.env.CHECKPOINT_DISABLE ??= '1';

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: {
    path: 'prisma/migrations/sqlite',
    seed: 'node --import tsx scripts/seed.ts',
  },
  datasource: { url: process.env.DATABASE_URL ?? 'file:./data/gateway.db' },
});
