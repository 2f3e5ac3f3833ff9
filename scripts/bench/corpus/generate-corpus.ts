import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { writeArticleFile, writeTextFile } from './article-file.ts';
import { type CorpusOptions, type FileKind, makeArticleHead } from './article-head.ts';
import { breakFile } from './broken-file.ts';
import { createPools } from './pools.ts';

/** One file of a corpus. */
export interface CorpusFile {
  /** Under the content folder, with `/`. */
  path: string;
  text: string;
  /** Which bytes the text stands for: a file that is not UTF-8 is written as `latin1`. */
  encoding: 'utf8' | 'latin1';
  kind: FileKind;
  published: boolean;
}

/**
 * The article files of a made-up publisher network, one at a time and without keeping them: several languages, shared
 * providers and topics (Zipf), images, links of which about half point into the corpus. The same options give the same
 * files on any machine.
 */
export function* generateCorpus(options: CorpusOptions): Generator<CorpusFile> {
  const pools = createPools(options.seed);
  for (let index = 0; index < options.articles; index++) {
    const head = makeArticleHead(options, pools, index);
    const whole =
      head.kind === 'text' ? writeTextFile(options, head) : writeArticleFile(options, pools, head);
    const file = head.kind === 'broken' ? breakFile(head, whole) : { text: whole, encoding: 'utf8' as const };
    yield { path: head.path, ...file, kind: head.kind, published: head.published };
  }
}

/** Writes a corpus under a folder, which is made when it is missing. Returns the number of files and bytes. */
export function writeCorpus(folder: string, options: CorpusOptions): { files: number; bytes: number } {
  const folders = new Set<string>();
  let files = 0;
  let bytes = 0;
  for (const file of generateCorpus(options)) {
    const path = join(folder, file.path);
    const parent = dirname(path);
    if (!folders.has(parent)) {
      mkdirSync(parent, { recursive: true });
      folders.add(parent);
    }
    const data = Buffer.from(file.text, file.encoding);
    writeFileSync(path, data);
    files += 1;
    bytes += data.length;
  }
  return { files, bytes };
}
