import { rmSync } from 'node:fs';
import { parse, validate } from 'graphql';
import type { ReadingSettings } from '../../src/content/reading.ts';
import { emptyReport, type GatewayContext, type Scopes } from '../../src/graphql/context.ts';
import { createOperationExecutor } from '../../src/graphql/operations/execute-operation.ts';
import { createSubscriber } from '../../src/graphql/operations/subscribe-operation.ts';
import { createRenderThreads } from '../../src/graphql/texts/render-threads.ts';
import { RenderedTexts } from '../../src/graphql/texts/rendered-texts.ts';
import { migrate } from '../../src/store/sqlite/file/migrate.ts';
import { openWriter } from '../../src/store/sqlite/file/writer.ts';
import { openReader } from '../../src/store/sqlite/read/clients.ts';
import { createVersionSource } from '../../src/store/sqlite/read/version-source.ts';
import { syncContent } from '../../src/store/sync/sync-content.ts';
import type { SyncOptions } from '../../src/store/sync-report.ts';
import { createContentFolder } from '../store/content-folder.ts';
import { schema } from '../support/built-in-schema.ts';
import { createTestDatabase } from '../support/database.ts';

/** A content folder, its database, and operations on it with any scopes and key. */
export async function openContent(options: { securedKey?: Buffer; reading?: ReadingSettings } = {}) {
  const content = createContentFolder();
  const database = await createTestDatabase();
  const reader = openReader(database.url);
  const versions = createVersionSource(reader, database.url);
  const execute = createOperationExecutor();
  const texts = new RenderedTexts(createRenderThreads());
  const subscribe = createSubscriber(execute);
  const contextOf = (scopes: Partial<Scopes>, showsCost: boolean): GatewayContext => ({
    reader,
    versions,
    scopes: { preview: false, secured: false, ...scopes },
    requestId: 'test',
    maxCost: 100_000,
    maxAnswerBytes: 8 * 1024 * 1024,
    showsCost,
    showsTime: true,
    report: emptyReport(),
    texts,
    securedKey: options.securedKey ?? null,
  });
  const argsOf = (query: string, scopes: Partial<Scopes>, showsCost = false) => {
    const document = parse(query);
    const [error] = validate(schema, document);
    if (error) throw error;
    return { schema, document, variableValues: {}, contextValue: contextOf(scopes, showsCost) };
  };
  const load = (changes: Partial<SyncOptions> = {}) =>
    syncContent({
      folder: content.path,
      databaseUrl: database.url,
      allowMassRemoval: true,
      ...(options.reading && { reading: options.reading }),
      ...changes,
    });
  return {
    content,
    /** Loads what changed; nobody here looks at the database meanwhile. */
    load,
    /** Loads what changed, and has subscriptions told. */
    async sync(changes: Partial<SyncOptions> = {}) {
      const report = await load(changes);
      await versions.refresh();
      return report;
    },
    /** Deletes the index, as somebody may, and makes an empty one in its place. */
    async makeIndexAnew() {
      for (const suffix of ['', '-wal', '-shm']) rmSync(`${database.file}${suffix}`, { force: true });
      await migrate(database.url);
    },
    /** Changes the database by SQL, and has subscriptions told. */
    async run(sql: string) {
      const writer = await openWriter(database.url);
      await writer.run(sql);
      await writer.close();
      await versions.refresh();
    },
    /** The whole response as a client parses it. */
    async ask(query: string, scopes: Partial<Scopes> = {}, showsCost = false) {
      const result = await execute(argsOf(query, scopes, showsCost));
      const { stringify = JSON.stringify } = result as { stringify?: (result: object) => string };
      return JSON.parse(stringify(result));
    },
    async subscribe(query: string, scopes: Partial<Scopes> = {}) {
      const result = await subscribe(argsOf(query, scopes));
      if (!(Symbol.asyncIterator in result)) throw new Error(JSON.stringify(result));
      return result;
    },
    async close() {
      await texts.close();
      versions.close();
      await reader.close();
      database.remove();
      content.delete();
    },
  };
}
