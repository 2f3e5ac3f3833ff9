import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { PrismaLibSql } from '@prisma/adapter-libsql';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import type { SchemaEngine } from '@prisma/schema-engine-wasm/schema_engine_bg';

export type { SchemaEngine } from '@prisma/schema-engine-wasm/schema_engine_bg';

interface EngineModule {
  SchemaEngine: { new: (typeof SchemaEngine)['new'] };
  __wbg_set_wasm(exports: WebAssembly.Exports): void;
}

let engineModule: Promise<EngineModule> | undefined;

/**
 * Prisma's schema engine on a SQLite database, with nothing to download: the WASM build inside its package.
 * @param url as the driver takes it
 * @param shadowUrl an empty database to try migrations in. It must be a file: the driver takes a new connection after
 *   each transaction, and another connection to `:memory:` is another database.
 */
export async function openSchemaEngine(url: string, shadowUrl = url): Promise<SchemaEngine> {
  engineModule ??= loadEngine();
  const engine = await engineModule;
  const adapter = bindMigrationAwareSqlAdapterFactory({
    provider: 'sqlite',
    adapterName: '@prisma/adapter-libsql',
    connect: () => new PrismaLibSql({ url }).connect(),
    async connectToShadowDb() {
      const shadow = await new PrismaLibSql({ url: shadowUrl }).connect();
      // The engine hands over a migration as one statement, of which the driver would run only the first.
      const executeRaw: typeof shadow.executeRaw = ({ sql }) => shadow.executeScript(sql).then(() => 0);
      return Object.assign(shadow, { executeRaw });
    },
  });
  return engine.SchemaEngine.new({ datamodels: undefined }, () => {}, adapter);
}

/** The package's own entry imports the .wasm file as a module, which Node does not do without a flag. */
async function loadEngine(): Promise<EngineModule> {
  const entry = import.meta.resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const [module, bytes] = await Promise.all([
    import(entry) as Promise<EngineModule>,
    readFile(fileURLToPath(new URL('schema_engine_bg.wasm', entry))),
  ]);
  const imports = { './schema_engine_bg.js': module as unknown as WebAssembly.ModuleImports };
  const { instance } = await WebAssembly.instantiate(bytes, imports);
  module.__wbg_set_wasm(instance.exports);
  const start = instance.exports.__wbindgen_start;
  if (typeof start === 'function') start();
  return module;
}
