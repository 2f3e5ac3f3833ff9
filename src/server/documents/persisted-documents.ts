import { createHash } from 'node:crypto';
import type { GraphQLError } from 'graphql';
import { LRUCache } from 'lru-cache';
import {
  badRequest,
  documentNotTrusted,
  persistedQueryNotFound,
  persistedQueryNotSupported,
} from '../http/refusals.ts';
import type { OperationParams } from './parse-params.ts';

export interface PersistedDocumentOptions {
  /** Whether clients may register documents themselves (automatic persisted queries). */
  automatic: boolean;
  /** Trusted documents by SHA-256 in hex; null when there is no manifest. */
  trusted: ReadonlyMap<string, string> | null;
  /** Refuse every other document. */
  trustedOnly: boolean;
}

const MAX_AUTOMATIC_DOCUMENTS = 10_000;
const MAX_AUTOMATIC_BYTES = 8 * 1024 * 1024;
/** Of a text outside of Latin-1, and of an entry. */
const BYTES_A_CHARACTER = 2;
const BYTES_A_DOCUMENT = 500;

/** The text of a document, and what is to be done when it has proved valid. */
export interface FoundDocument {
  text: string;
  /** Keeps what a client asked to register. Nothing is kept of documents that fail, of which there is no end. */
  register(): void;
  /** The refusal of a document that is not there, where the request has a hash in its place; null where it was sent. */
  notFound: (() => GraphQLError) | null;
}

/** Finds the document to execute in place of what was sent. @throws the coded refusal */
export type DocumentFinder = (params: OperationParams) => FoundDocument;

/**
 * Lets a request name its document by hash: as `documentId: "sha256:…"` (GraphQL over HTTP, appendix on persisted
 * documents) or as `extensions.persistedQuery` (Apollo's automatic persisted queries, version 1).
 */
export function createDocumentFinder(options: PersistedDocumentOptions): DocumentFinder {
  const registered = new LRUCache<string, string>({
    max: MAX_AUTOMATIC_DOCUMENTS,
    maxSize: MAX_AUTOMATIC_BYTES,
    sizeCalculation: (text) => text.length * BYTES_A_CHARACTER + BYTES_A_DOCUMENT,
  });
  const trusted = options.trusted ?? new Map<string, string>();

  const lookUp = (hash: string): string | undefined =>
    trusted.get(hash) ?? (options.trustedOnly ? undefined : registered.get(hash));

  const notFound = () => {
    if (options.trustedOnly) return documentNotTrusted();
    return options.automatic ? persistedQueryNotFound() : persistedQueryNotSupported();
  };

  return (params) => {
    const { query } = params;
    const hash = readHash(params);
    if (options.trustedOnly) {
      const text = lookUp(hash ?? sha256(query ?? ''));
      if (text === undefined) throw notFound();
      return { text, register, notFound: query === undefined ? notFound : null };
    }
    if (hash === null) {
      if (query === undefined) throw badRequest('Give the document as "query".');
      return { text: query, register, notFound: null };
    }
    const known = lookUp(hash);
    if (query === undefined) {
      if (known === undefined) throw notFound();
      return { text: known, register, notFound };
    }
    if (sha256(query) !== hash) throw badRequest('The hash is not that of the document.');
    if (known !== undefined || !options.automatic) return { text: query, register, notFound: null };
    return { text: query, register: () => registered.set(hash, query), notFound: null };
  };
}

/** There is nothing to register. */
function register(): void {}

function readHash(params: OperationParams): string | null {
  if (params.documentId !== undefined) {
    return params.documentId.startsWith('sha256:')
      ? checkHash(params.documentId.slice(7))
      : checkHash(params.documentId);
  }
  const persisted: unknown = params.extensions?.persistedQuery;
  if (persisted === undefined || persisted === null) return null;
  if (typeof persisted !== 'object' || !('version' in persisted) || persisted.version !== 1) {
    throw badRequest('"extensions.persistedQuery" must have version 1.');
  }
  return checkHash('sha256Hash' in persisted ? persisted.sha256Hash : undefined);
}

function checkHash(value: unknown): string {
  if (typeof value !== 'string' || !/^[0-9a-f]{64}$/.test(value)) {
    throw badRequest('The hash of a document must be 64 lower-case hex digits.');
  }
  return value;
}

/** The hash by which a document is known. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
