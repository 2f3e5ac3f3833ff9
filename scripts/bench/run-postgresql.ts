// One uncached page after another on PostgreSQL, by ways to make the JSON, beside SQLite; statements alone, one at a time.
// node --import tsx scripts/bench/run-postgresql.ts [--articles 10000] [--rounds 15] [--times 100]; the server is that of the tests.
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { Kind, parse } from 'graphql';
import { compileOperation } from '../../src/engine/compile/compile-operation.ts';
import type { Dialect } from '../../src/engine/dialect/dialect.ts';
import { postgresql } from '../../src/engine/dialect/postgresql.ts';
import { sqlite } from '../../src/engine/dialect/sqlite.ts';
import { frameFor } from '../../src/engine/plan/plan.ts';
import { connectionConfig, postgresqlPlace } from '../../src/store/postgresql/connect/connection-config.ts';
import { openPostgresqlReader } from '../../src/store/postgresql/read/open-reader.ts';
import { openPostgresqlConnection } from '../../src/store/postgresql/read/read-connection.ts';
import type { TextReader } from '../../src/store/read/read-connection.ts';
import { openReader } from '../../src/store/sqlite/read/clients.ts';
import { schema } from '../../test/support/built-in-schema.ts';
import { copyIndex, createTestPostgresql } from '../../test/support/postgresql.ts';
import { demoPage, nestedPage, type Operation } from './lib/operations.ts';
import { prepareContent } from './lib/prepare-content.ts';
import { describeMachine, median, renderTable, showNumber } from './lib/statistics.ts';

const { values } = parseArgs({
  options: {
    articles: { type: 'string', default: '10000' },
    rounds: { type: 'string', default: '15' },
    times: { type: 'string', default: '100' },
  },
});
const articles = Number(values.articles);

/** The same text by the operator, of which each step copies what stands before it. */
const operator: Dialect = {
  ...postgresql,
  object: (pairs) =>
    `(${pairs.map(([name, value], i) => `'${i === 0 ? '{' : ','}"${name}":' || coalesce((${value})::text, 'null')`).join(' || ')} || '}')`,
};

/** By the server's own maker of objects: another text, with blanks in it. */
const builder: Dialect = {
  ...postgresql,
  nameLiteral: (name) => `'${name}'::text`,
  object: (pairs) => `json_build_object(${pairs.map(([name, value]) => `'${name}', ${value}`).join(', ')})`,
  arrayOf: (value) => `coalesce(json_agg(${value}), '[]')`,
  within: (table) => `SELECT data::text FROM ${table}`,
};

const content = await prepareContent({ articles, seed: 7, giantProvider: Math.floor(articles / 2) });
const database = await createTestPostgresql();
await copyIndex(content.databaseFile, database);
const onPostgresql = openPostgresqlReader(database.url);
const onSqlite = openReader(content.databaseUrl);
const config = connectionConfig(postgresqlPlace(database.url), { isReadOnly: true });
/** With what the server takes an index scan to cost by itself. */
const asDelivered = openPostgresqlConnection({
  ...config,
  options: `${config.options} -c random_page_cost=4`,
});
const { signal } = new AbortController();
const onDefaults: TextReader = { readText: (sql, parameters) => asDelivered.run(sql, parameters, signal) };
const ways: [name: string, reader: TextReader, dialect: Dialect][] = [
  ['PostgreSQL, concat', onPostgresql, postgresql],
  ['PostgreSQL, ||', onPostgresql, operator],
  ['PostgreSQL, json_build_object (not compact)', onPostgresql, builder],
  ['PostgreSQL, concat, random_page_cost=4', onDefaults, postgresql],
  ['SQLite', onSqlite, sqlite],
];

function statementOf({ query }: Operation, dialect: Dialect) {
  const operation = parse(query).definitions[0];
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('There is no operation.');
  const source = { schema, operation, fragments: {}, variables: {}, dialect, seesHidden: false };
  const { sql, parameters, ...plan } = compileOperation(source);
  const frame = frameFor({ sql, parameters, ...plan }, {}) ?? [];
  return { sql, values: [...parameters.map((read) => read(frame)), 2 ** 40] };
}

async function measure(name: string, operation: Operation): Promise<string> {
  const runs = ways.map(([way, reader, dialect]) => {
    const { sql, values: parameters } = statementOf(operation, dialect);
    const run = () => reader.readText(sql, parameters, { isBounded: true });
    return { way, run, times: [] as number[], text: '' };
  });
  for (const one of runs) for (let i = 0; i < 20; i += 1) one.text = (await one.run()) ?? '';
  for (let round = 0; round < Number(values.rounds); round += 1) {
    for (const { run, times } of runs) {
      const begun = performance.now();
      for (let i = 0; i < Number(values.times); i += 1) await run();
      times.push((performance.now() - begun) / Number(values.times));
    }
  }
  const expected = runs.at(-1)?.text;
  const base = median(runs[0]?.times ?? []);
  const rows = runs.map(({ way, times, text }) => [
    way,
    showNumber(median(times)),
    showNumber(median(times) / base),
    text === expected ? 'yes' : 'no',
  ]);
  return `${name}, ${expected?.length} characters\n\n${renderTable(['', 'ms', 'ratio', 'bytes of SQLite'], rows)}\n`;
}

try {
  console.log(`${describeMachine(cpus(), totalmem())}; ${articles.toLocaleString('en')} articles.\n`);
  console.log(await measure('Nested page of 20', nestedPage));
  console.log(await measure('Demo query, 4 levels', demoPage));
} finally {
  await onPostgresql.close();
  asDelivered.close();
  await onSqlite.close();
  await database.remove();
}
