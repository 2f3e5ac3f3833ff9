import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { sha256 } from '../../server/documents/persisted-documents.ts';
import { RefusalError } from '../process/explain-failure.ts';

/**
 * Reads a manifest of trusted documents: one that `documents` made, `persisted-documents.json` of GraphQL Code Generator, whose
 * keys may begin with `sha256:`, or Apollo's manifest of persisted queries.
 * @returns document texts by hash
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
  const listed = readListed(content);
  if (listed === null) {
    throw new RefusalError(
      `${file} is neither a manifest of documents by hash nor one of Apollo's persisted queries.`,
      remake,
    );
  }
  const documents = new Map<string, string>();
  for (const [id, text] of listed) {
    const hash = id.replace(/^(?:sha256|sha1|md5|sha512):/u, '').toLowerCase();
    if (sha256(text) !== hash) {
      const other = OTHER_ALGORITHMS.find((name) => createHash(name).update(text).digest('hex') === hash);
      if (other !== undefined) throw otherAlgorithm(file, other);
      throw new RefusalError(
        `The manifest ${file} has a document under ${id} that does not have this hash.`,
        remake,
      );
    }
    documents.set(hash, text);
  }
  return documents;
}

/** What GraphQL Code Generator may be told to hash with; the first where it is told nothing. */
const OTHER_ALGORITHMS = ['sha1', 'md5', 'sha512'];

function otherAlgorithm(file: string, found: string): RefusalError {
  return new RefusalError(
    `The manifest ${file} names documents by their ${found}, and clients must name them by their sha256.`,
    "In the configuration of GraphQL Code Generator write persistedDocuments: { hashAlgorithm: 'sha256' }, and generate again.",
  );
}

const byHash = z.record(z.string(), z.string());
/** https://www.apollographql.com/docs/graphos/platform/security/persisted-queries */
const apollo = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  version: z.literal(1),
  operations: z.array(z.object({ id: z.string(), body: z.string() })),
});

/** Documents with their ids: ours and GraphQL Code Generator's by hash, or Apollo's list; null when it is neither. */
function readListed(content: unknown): (readonly [id: string, text: string])[] | null {
  const list = apollo.safeParse(content);
  if (list.success) return list.data.operations.map(({ id, body }) => [id, body] as const);
  const record = byHash.safeParse(content);
  return record.success ? Object.entries(record.data) : null;
}
