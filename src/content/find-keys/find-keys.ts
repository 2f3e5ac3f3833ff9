import { fieldOf } from '../fields/field-table.ts';
import { articleFields } from '../fields/fields.ts';
import { validateArticle } from '../fields/validate-article.ts';
import { parseFrontMatter } from '../front-matter/parse-front-matter.ts';
import { startPlace } from '../problems/collect-problems.ts';
import { readArticleFile } from '../read/read-article-file.ts';
import { scanFolder } from '../read/scan-folder.ts';
import { takeTurns } from '../read/take-turns.ts';
import type { Reading } from '../reading.ts';
import { readVisibilityKey, type Visibility } from '../visibility/read-visibility.ts';
import { referenceKeys, targetsOf } from './article-targets.ts';
import { type NoteBudget, notesOf, noteValue, saysSomething, type ValueNotes } from './note-values.ts';

/** The keys of a folder that no built-in key reads. */
export interface FoundKeys {
  /** Article files, and those of them whose front matter cannot be read. */
  files: number;
  unreadable: number;
  /** By squashed key. */
  keys: ReadonlyMap<string, ValueNotes>;
  /** All that articles are named by, as of targetsOf. */
  targets: ReadonlySet<string>;
  /** Whether articles stand in several folders at the top. */
  hasFolders: boolean;
}

/** Keys, with those of objects, and values that are told apart in a folder. */
const MAX_KEYS = 5_000;
const MAX_VALUES = 200_000;

/**
 * Looks at the front matter of all article files of a folder.
 * @param modelFile as of scanFolder
 * @throws ContentFolderError when the folder is missing, no folder, or cannot be listed
 */
export async function findKeys(
  root: string,
  reading: Reading,
  modelFile: string | null = null,
  onProgress: (done: number, total: number) => void = () => {},
): Promise<FoundKeys> {
  const { files } = await scanFolder(root, modelFile);
  const found = startFinding(reading);
  const turn = takeTurns();
  for (const [index, file] of files.entries()) {
    const read = readArticleFile(root, file);
    found.look(file.path, read.kind === 'read' ? read.text : null);
    onProgress(index + 1, files.length);
    const pause = turn();
    if (pause !== undefined) await pause;
  }
  return found.finish();
}

/** The same of texts that were read already. @returns `look` takes null for a file that cannot be read */
export function startFinding(reading: Reading): {
  look(path: string, text: string | null): void;
  finish(): FoundKeys;
} {
  const keys = new Map<string, ValueNotes>();
  const targets = new Set<string>();
  const folders = new Set<string>();
  // Of a key that shows or hides in one file alone, the others cannot be told what it is.
  const ofVisibility = new Set<string>();
  const budget: NoteBudget = { keys: MAX_KEYS, values: MAX_VALUES };
  let files = 0;
  let unreadable = 0;

  function look(path: string, text: string | null): void {
    files += 1;
    const folder = path.includes('/') ? path.slice(0, path.indexOf('/')) : '';
    folders.add(folder);
    const parsed =
      text === null ? null : parseFrontMatter(path, text.replace(/^\ufeff+/u, '').replace(/\r\n?/gu, '\n'));
    if (parsed === null || parsed.kind === 'rejected') {
      unreadable += 1;
      return;
    }
    const data = parsed.kind === 'found' ? parsed.data : {};
    const own = targetsOf(path, validateArticle(data, startPlace([], reading)), reading);
    for (const target of own) targets.add(target);
    const noted = new Set<ValueNotes>();
    for (const [key, value] of Object.entries(data)) {
      if (fieldOf(articleFields, key) !== null) continue;
      const notes = notesOf(keys, key, budget);
      if (notes === null) continue;
      const visibility: Visibility = { reasons: new Set(), publishedAt: null };
      if (readVisibilityKey(visibility, key, value, startPlace([], reading))) ofVisibility.add(key);
      if (!saysSomething(value)) continue;
      if (!noted.has(notes)) {
        noted.add(notes);
        notes.folder = notes.files === 0 || notes.folder === folder ? folder : null;
        notes.files += 1;
      }
      noteValue(notes, value, {
        budget,
        referTo: (written) => referenceKeys(written, path, reading),
        isOwn: (name) => own.includes(name),
      });
    }
  }

  return {
    look,
    finish() {
      const isVisibility = ({ spellings }: ValueNotes) =>
        [...spellings.keys()].some((key) => ofVisibility.has(key));
      const rest = [...keys].filter(([, notes]) => !isVisibility(notes));
      return { files, unreadable, keys: new Map(rest), targets, hasFolders: folders.size > 1 };
    },
  };
}
