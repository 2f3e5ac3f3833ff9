/** Why a content folder cannot be used. */
export type ContentFolderReason =
  | 'missing'
  | 'not-a-folder'
  | 'unreadable'
  | 'ignore-file-unreadable'
  | 'ignore-pattern';

const ADVICE = {
  missing: 'does not exist. Create it, or name another folder',
  'not-a-folder': 'is not a folder. Name the folder that holds the article files',
  unreadable: 'cannot be read. Give this process permission to list it',
  'ignore-file-unreadable':
    'has a .gatewayignore that cannot be read. Make it a readable file of at most 64 KiB, or delete it',
  'ignore-pattern':
    'has a .gatewayignore of which a line has more than two `**` or 1,000 characters. Name folders in their place',
} as const satisfies Record<ContentFolderReason, string>;

/** Thrown when there is no content to speak of. What is wrong with a file in the folder is a `Problem` instead. */
export class ContentFolderError extends Error {
  override readonly name = 'ContentFolderError';
  readonly folder: string;
  readonly reason: ContentFolderReason;

  constructor(folder: string, reason: ContentFolderReason, cause?: unknown) {
    const place = typeof cause === 'string' ? ` (${cause})` : '';
    super(`The content folder ${folder} ${ADVICE[reason]}${place}.`, { cause });
    this.folder = folder;
    this.reason = reason;
  }
}
