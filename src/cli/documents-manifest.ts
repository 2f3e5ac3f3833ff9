import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { sha256 } from '../server/use-persisted-documents.ts';
import { RefusalError } from './explain-failure.ts';

/**
 * Reads a manifest that `documents` made. @returns document texts by hash
 * @throws RefusalError when it cannot be read, is no manifest, or a text does not have its hash
 */
export function readManifest(file: string): ReadonlyMap<string, string> {
  const remake = 'Make it with npm run documents -- <folder of .graphql files>.';
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const reason = error instanceof SyntaxError ? 'is not JSON' : 'cannot be read';
    throw new RefusalError(`The manifest ${file} ${reason}.`, remake);
  }
  const parsed = z.record(z.string(), z.string()).safeParse(content);
  if (!parsed.success) throw new RefusalError(`${file} is not a manifest of documents by hash.`, remake);
  const documents = new Map(Object.entries(parsed.data));
  for (const [hash, text] of documents) {
    if (sha256(text) === hash) continue;
    throw new RefusalError(
      `The manifest ${file} has a document under ${hash} that does not have this hash.`,
      remake,
    );
  }
  return documents;
}
