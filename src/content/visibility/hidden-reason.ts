/** Why the public does not see an article, in the order in which reasons are told. */
export const HIDDEN_REASONS = ['DRAFT', 'STATUS', 'FOLDER', 'SCHEDULED', 'EXPIRED', 'UNREADABLE'] as const;

export type HiddenReason = (typeof HIDDEN_REASONS)[number];

const HIDDEN_FOLDER = /^_?(?:drafts|unpublished|private|templates|partials|includes|layouts)$/iu;

/**
 * Whether an article's place says that it is not for the public: below a folder `drafts`, `_drafts`, `private` and the like, or
 * in a file whose name begins with `_`, but for `_index`. Other folders with `_` are collections.
 * @param path relative to the content folder, with `/`
 */
export function isHiddenPlace(path: string): boolean {
  const folders = path.split('/');
  const file = folders.pop() ?? '';
  return folders.some((folder) => HIDDEN_FOLDER.test(folder)) || /^_(?!index(?:\.|$))/iu.test(file);
}
