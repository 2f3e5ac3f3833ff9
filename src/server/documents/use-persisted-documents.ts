import { createHash } from 'node:crypto';
import type { Plugin, YogaInitialContext } from 'graphql-yoga';
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
  /** Whether the reader's schema lacks what that of others has. @param context of the operation, as Yoga's plugins have it */
  hidesKeys: (context: unknown) => boolean;
}

const MAX_AUTOMATIC_DOCUMENTS = 10_000;
const MAX_AUTOMATIC_BYTES = 8 * 1024 * 1024;
/** Of a text outside of Latin-1, and of an entry. */
const BYTES_A_CHARACTER = 2;
const BYTES_A_DOCUMENT = 500;

/**
 * Lets a request name its document by hash: as `documentId: "sha256:…"` (GraphQL over HTTP, appendix on persisted
 * documents) or as `extensions.persistedQuery` (Apollo's automatic persisted queries, version 1).
 */
export function usePersistedDocuments(options: PersistedDocumentOptions): Plugin {
  const registered = new LRUCache<string, string>({
    max: MAX_AUTOMATIC_DOCUMENTS,
    maxSize: MAX_AUTOMATIC_BYTES,
    sizeCalculation: (text) => text.length * BYTES_A_CHARACTER + BYTES_A_DOCUMENT,
  });
  const trusted = options.trusted ?? new Map<string, string>();
  /** What clients ask to register, until it has proved valid. */
  const offered = new WeakMap<Request, { hash: string; text: string }>();

  /** Requests that have a hash in place of a text. */
  const byHash = new WeakSet<Request>();

  const lookUp = (hash: string): string | undefined =>
    trusted.get(hash) ?? (options.trustedOnly ? undefined : registered.get(hash));

  const notFound = () => {
    if (options.trustedOnly) return documentNotTrusted();
    return options.automatic ? persistedQueryNotFound() : persistedQueryNotSupported();
  };

  /** The text to execute in place of what was sent. @throws the coded refusal */
  const resolve = (params: OperationParams, request: Request): string => {
    const { query } = params;
    const hash = readHash(params);
    if (options.trustedOnly) {
      const text = lookUp(hash ?? sha256(query ?? ''));
      if (text === undefined) throw notFound();
      return text;
    }
    if (hash === null) {
      if (query === undefined) throw badRequest('Give the document as "query".');
      return query;
    }
    const known = lookUp(hash);
    if (query === undefined) {
      if (known === undefined) throw notFound();
      return known;
    }
    if (sha256(query) !== hash) throw badRequest('The hash is not that of the document.');
    if (known === undefined && options.automatic) offered.set(request, { hash, text: query });
    return query;
  };

  const register = (context: unknown) => {
    const { request } = context as YogaInitialContext;
    const document = offered.get(request);
    if (document) registered.set(document.hash, document.text);
  };

  return {
    onParams({ params, setParams, request }) {
      const { documentId: _, ...rest } = params as OperationParams;
      if (rest.query === undefined) byHash.add(request);
      setParams({ ...rest, query: resolve(params, request) });
    },
    // What is wrong with it may be that it names what only other readers may know: to this one it is not there.
    onValidate({ context }) {
      if (!byHash.has((context as YogaInitialContext).request) || !options.hidesKeys(context)) return;
      return ({ result, setResult }) => {
        if (result.some(({ extensions }) => extensions.code === undefined)) setResult([notFound()]);
      };
    },
    // Only valid documents come so far: nothing is kept of those that fail, of which there is no end.
    onExecute: ({ args }) => register(args.contextValue),
    onSubscribe: ({ args }) => register(args.contextValue),
  };
}

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
