import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runScript } from './child-server.ts';
import { type LoadResult, loadScript, type PreparedContent } from './prepare-content.ts';

/** A content folder and its index that a bench may change. */
export interface PrivateCopy extends PreparedContent {
  /** Loads the folder as it stands, in a process of its own. Resolves when the sync is committed. */
  sync(): Promise<LoadResult>;
  remove(): void;
}

/** An article file that `editArticle` can change. */
export interface EditableArticle {
  path: string;
  slug: string;
}

/** Copies prepared content into a temporary folder. Call `remove` when done. */
export function copyContent(content: PreparedContent): PrivateCopy {
  const home = mkdtempSync(join(tmpdir(), 'gateway-bench-'));
  const folder = join(home, 'content');
  const databaseFile = join(home, 'gateway.db');
  const databaseUrl = `file:${databaseFile}`;
  cpSync(content.folder, folder, { recursive: true, preserveTimestamps: true });
  cpSync(content.databaseFile, databaseFile);
  return {
    folder,
    databaseFile,
    databaseUrl,
    sync: () => runScript<LoadResult>([...loadScript, folder, databaseUrl]),
    remove: () => rmSync(home, { recursive: true, force: true }),
  };
}

/** Public articles whose slug is their path, up to so many. */
export function listEditable(folder: string, count: number): EditableArticle[] {
  const found: EditableArticle[] = [];
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    if (found.length >= count) break;
    if (!name.endsWith('.md')) continue;
    const head = readFileSync(join(folder, name), 'utf8').split('\n---\n')[0] ?? '';
    if (/^published: true$/mu.test(head) && !/^slug:/mu.test(head)) {
      found.push({ path: join(folder, name), slug: name.replaceAll('\\', '/').replace(/\.md$/u, '') });
    }
  }
  return found;
}

/** Gives an article another title, in place, as an editor saves it. */
export function editArticle(article: EditableArticle, title: string): void {
  const text = readFileSync(article.path, 'utf8');
  writeFileSync(
    article.path,
    text.replace(/^title: .*$/mu, () => `title: ${JSON.stringify(title)}`),
  );
}
