// The ceiling: node:http that answers every request with the same bytes from memory.
// node --import tsx scripts/bench/static-server.ts FILE
import { readFileSync } from 'node:fs';
import { serveBench } from './lib/serve-bench.ts';

const [path] = process.argv.slice(2);
if (!path) throw new Error('Which file?');

const bytes = readFileSync(path);
const headers = { 'content-type': 'application/json; charset=utf-8', 'content-length': bytes.length };
serveBench((_request, response) => {
  response.writeHead(200, headers);
  response.end(bytes);
});
