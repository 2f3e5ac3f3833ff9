// The yardstick of loading: reads each file of a folder and runs gray-matter on it, and nothing else.
// node --import tsx scripts/bench/load-bare.ts FOLDER
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import matter from 'gray-matter';

const [folder] = process.argv.slice(2);
if (!folder) throw new Error('Which folder?');

const started = performance.now();
let files = 0;
for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
  if (!/\.(md|markdown|txt)$/u.test(name)) continue;
  // Options of its own keep gray-matter from caching by content.
  matter(readFileSync(join(folder, name), 'utf8'), {});
  files += 1;
}
const ms = performance.now() - started;
console.log(JSON.stringify({ ms, files, maxRssBytes: process.resourceUsage().maxRSS * 1024 }));
