// The ceiling: node:http that reads every request to its end and answers with the same bytes from memory.
// node --import tsx scripts/bench/static-server.ts FILE
import { readFileSync } from 'node:fs';
import { serveBench } from './lib/serve-bench.ts';

const [path] = process.argv.slice(2);
if (!path) throw new Error('Which file?');

const bytes = readFileSync(path);
const headers = { 'content-type': 'application/json; charset=utf-8', 'content-length': bytes.length };
serveBench((request, response) => {
  const body: Buffer[] = [];
  request.on('data', (chunk: Buffer) => body.push(chunk));
  request.on('end', () => {
    response.writeHead(200, headers);
    response.end(bytes);
  });
});
