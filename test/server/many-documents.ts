import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const MIB = 1024 * 1024;
/** Of the process that asks: what it had when documents that failed were kept was used up by 15,000 of them. */
const HEAP_MB = 256;

/** Asks so many documents, each another text. @returns the heap in use after each tenth of them, in MiB */
export async function askManyDocuments(count: number): Promise<number[]> {
  const script = fileURLToPath(new URL('./ask-many-documents.ts', import.meta.url));
  const node = ['--expose-gc', `--max-old-space-size=${HEAP_MB}`, '--import', 'tsx'];
  const { stdout } = await promisify(execFile)(process.execPath, [...node, script, String(count)]);
  return stdout
    .trim()
    .split('\n')
    .map((bytes) => Number(bytes) / MIB);
}
