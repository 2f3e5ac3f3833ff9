import type { ReadingSettings } from '../content/reading.ts';
import { articleKeys } from '../model/built-in/article.ts';
import { imageKeys } from '../model/built-in/image.ts';
import { providerKeys } from '../model/built-in/provider.ts';
import { relatedLinkKeys } from '../model/built-in/related-link.ts';
import { sharedKinds } from '../model/kinds/shared-kinds.ts';
import { noOwnKeys, type OwnModel } from '../model/own-model.ts';
import { digestBytes } from '../text/digest.ts';

/** What the sync makes of a file has changed when this has, or the built-in keys and kinds have. */
const contentFormat = 33;

/** What is only for people to read. */
const texts = new Set(['description', 'comment', 'field', 'filter', 'about', 'counted']);

/** A short digest of what keys and kinds say of files and columns. */
export function markOfKeys(keys: unknown): string {
  // A key may be called as one of the texts is.
  const text = JSON.stringify(keys, (name, value) =>
    texts.has(name) && typeof value === 'string' ? undefined : value,
  );
  return digestBytes(text).slice(0, 8);
}

/** So that another key, alias or kind reads every file again, whoever adds it. */
const builtIn = markOfKeys([articleKeys, relatedLinkKeys, imageKeys, providerKeys, sharedKinds]);

/** Names everything but the files that decides what is read in them: when it changes, every file is read again. */
export function formatOf(reading: ReadingSettings): string {
  return `${contentFormat}.${builtIn} ${JSON.stringify(reading)}`;
}

/** The model by which the files of a format were read. @param format as of formatOf, of this or an earlier version of the program */
export function modelOfFormat(format: string | null): OwnModel {
  const [, text] = /^\d+(?:\.[0-9a-f]+)? (\{.*\})$/su.exec(format ?? '') ?? [];
  if (text === undefined) return noOwnKeys;
  const reading: Partial<ReadingSettings> = JSON.parse(text);
  return reading.model ?? noOwnKeys;
}
