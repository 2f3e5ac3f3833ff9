import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils';
import type { SchemaEngine } from '@prisma/schema-engine-wasm/schema_engine_bg';

export type { SchemaEngine } from '@prisma/schema-engine-wasm/schema_engine_bg';

interface EngineModule {
  SchemaEngine: { new: (typeof SchemaEngine)['new'] };
  __wbg_set_wasm(exports: WebAssembly.Exports): void;
}

let engineModule: Promise<EngineModule> | undefined;

/** Prisma's schema engine with nothing to download: the WASM build inside its package. @param factory opens the database */
export async function openSchemaEngine(
  factory: SqlMigrationAwareDriverAdapterFactory,
): Promise<SchemaEngine> {
  engineModule ??= loadEngine();
  const engine = await engineModule;
  return engine.SchemaEngine.new(
    { datamodels: undefined },
    () => {},
    bindMigrationAwareSqlAdapterFactory(factory),
  );
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
