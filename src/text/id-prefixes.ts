import { hash } from 'node:crypto';

/** What the ids of each type begin with, so that an id says of which type it is. Those of things that articles share are with their kind. */
export const ID_PREFIX = {
  article: 'a_',
  provider: 'p_',
  image: 'i_',
  relatedLink: 'r_',
} as const;

/** The same of a kind of thing of the owner's: of its name alone, so that it stays when other kinds come and go. */
export function ownIdPrefix(kind: string): string {
  return `o${hash('sha256', kind, 'hex').slice(0, 6)}_`;
}
