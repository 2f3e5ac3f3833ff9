// Baseline (c): node:http and one prepared statement an address, for the three requests of run-read.ts and no others.
// node --import tsx scripts/bench/handwritten-server.ts file:./data/gateway.db
import Database from 'libsql';
import { articlePageSql, filteredCountSql, nestedPageSql } from './lib/handwritten-sql.ts';
import { serveBench } from './lib/serve-bench.ts';

const [url] = process.argv.slice(2);
if (!url) throw new Error('Which database? Give its file: URL.');

const database = new Database(url.replace(/^file:/u, ''), { readonly: true });
// As the gateway has it.
database.pragma('cache_size = -65536');
const nestedPage = database.prepare(nestedPageSql).raw(true);
const articlePage = database.prepare(articlePageSql).raw(true);
const filteredCount = database.prepare(filteredCountSql).raw(true);

serveBench((request, response) => {
  const address = request.url ?? '/';
  let rows: unknown;
  if (address.startsWith('/nested-page')) rows = nestedPage.get();
  else if (address.startsWith('/article?slug=')) {
    rows = articlePage.get(decodeURIComponent(address.slice('/article?slug='.length)));
  } else if (address.startsWith('/filtered-count')) rows = filteredCount.get();
  const [body] = Array.isArray(rows) ? rows : [];
  if (typeof body !== 'string') {
    response.writeHead(404).end();
    return;
  }
  const bytes = Buffer.from(body);
  response.writeHead(200, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': bytes.length,
  });
  response.end(bytes);
});
