/** Why a content folder cannot be used. */
export type ContentFolderReason =
  | 'missing'
  | 'not-a-folder'
  | 'unreadable'
  | 'ignore-file-unreadable'
  | 'ignore-file-costly';

const ADVICE = {
  missing: 'does not exist. Create it, or name another folder',
  'not-a-folder': 'is not a folder. Name the folder that holds the article files',
  unreadable: 'cannot be read. Give this process permission to list it',
  'ignore-file-unreadable':
    'has a .gatewayignore that cannot be read. Make it a readable file of at most 64 KiB, or delete it',
  'ignore-file-costly': 'has a .gatewayignore whose patterns may take too long. Write fewer or simpler ones',
} as const satisfies Record<ContentFolderReason, string>;

/** Thrown when there is no content to speak of. What is wrong with a file in the folder is a `Problem` instead. */
export class ContentFolderError extends Error {
  override readonly name = 'ContentFolderError';
  readonly folder: string;
  readonly reason: ContentFolderReason;

  /** @param detail what exactly is wrong, as the end of a sentence */
  constructor(folder: string, reason: ContentFolderReason, cause?: unknown, detail?: string) {
    super(`The content folder ${folder} ${ADVICE[reason]}${detail === undefined ? '' : `: ${detail}`}.`, {
      cause,
    });
    this.folder = folder;
    this.reason = reason;
  }
}
