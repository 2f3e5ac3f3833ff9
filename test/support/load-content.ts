import { resolve } from 'node:path';
import { type LoadedFile, loadFile } from '../../src/content/load-file.ts';
import { parseArticle } from '../../src/content/parse-article.ts';
import type { Problem } from '../../src/content/problems/problem.ts';
import { scanFolder } from '../../src/content/read/scan-folder.ts';
import { defaultReading, prepareReading } from '../../src/content/reading.ts';

const BATCH = 200;

/**
 * Reads a content folder: scan, read, parse, validate, a batch at a time in the order of the paths. Files that could not even
 * be looked at come first, without an article.
 *
 * @throws ContentFolderError when the folder is missing, no folder, or cannot be listed
 */
export async function* loadContent(root: string, settings = defaultReading): AsyncGenerator<LoadedFile[]> {
  const folder = resolve(root);
  const reading = prepareReading(settings);
  const { files, problems } = await scanFolder(root);
  let batch = groupByPath(problems);
  for (const file of files) {
    const loaded = await loadFile(folder, file, null, (path, text) => parseArticle(path, text, reading));
    if (loaded && !('isUnchanged' in loaded)) batch.push(loaded);
    if (batch.length >= BATCH) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

function groupByPath(problems: readonly Problem[]): LoadedFile[] {
  const files = new Map<string, LoadedFile>();
  for (const problem of problems) {
    const file = files.get(problem.path);
    if (file !== undefined) file.problems.push(problem);
    else {
      const { path } = problem;
      files.set(path, { path, size: 0, mtimeMs: 0, digest: '', article: null, problems: [problem] });
    }
  }
  return [...files.values()];
}
