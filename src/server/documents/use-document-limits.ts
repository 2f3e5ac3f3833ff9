import { type DocumentNode, GraphQLError, Lexer, parse, Source, TokenKind } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { documentLimitExceeded } from '../http/refusals.ts';
import { type DocumentSize, measureDocument } from './measure-document.ts';

export interface DocumentLimits {
  maxTokens: number;
  maxDepth: number;
  maxAliases: number;
  maxDirectives: number;
}

// GraphiQL's introspection is 15 levels deep, has no alias and asks once.
const MAX_INTROSPECTION_DEPTH = 20;
const MAX_INTROSPECTION_FIELDS = 4;
/** Clients merge some fragments, each of which may name a field; validation compares all of them. */
const MAX_REPEATS = 50;
/** Characters of a name. Names go into error messages, plans, logs. */
const MAX_NAME_LENGTH = 256;
/**
 * Lines of a document. graphql-js counts them from the beginning for the place of each error, so that their number times
 * that of the errors is time.
 */
const MAX_LINES = 5_000;
const LONG_WORD = new RegExp(`\\w{${MAX_NAME_LENGTH + 1}}`);

/**
 * Refuses a document that is too long before it is parsed to the end, and one that is too deep or too repetitive
 * before the standard rules look at it, since some of them take more than linear time.
 */
export function useDocumentLimits(limits: DocumentLimits): Plugin {
  const verdicts = new WeakMap<DocumentNode, GraphQLError | null>();
  return {
    onParse({ setParseFn }) {
      setParseFn((source: string | Source) => parseWithin(source, limits.maxTokens));
    },
    onValidate({ params, setResult }) {
      const document: DocumentNode = params.documentAST;
      let verdict = verdicts.get(document);
      if (verdict === undefined) {
        verdict = judge(measureDocument(document), limits);
        verdicts.set(document, verdict);
      }
      if (verdict) setResult([verdict]);
    },
  };
}

function parseWithin(source: string | Source, maxTokens: number): DocumentNode {
  refuseManyLines(typeof source === 'string' ? source : source.body);
  try {
    const document = parse(source, { maxTokens });
    refuseLongNames(source);
    return document;
  } catch (error) {
    // graphql-js reports both through one class; only this message tells them apart.
    if (error instanceof GraphQLError && /contains more that? \d+ tokens/.test(error.message)) {
      throw documentLimitExceeded('TOKEN_LIMIT', `The document is longer than ${maxTokens} tokens.`, {
        name: 'MAX_TOKENS',
        max: maxTokens,
        found: null,
      });
    }
    throw error;
  }
}

function refuseManyLines(text: string): void {
  let found = 1;
  for (const _ of text.matchAll(/\n|\r\n?/g)) found += 1;
  if (found <= MAX_LINES) return;
  const message = `The document has more than ${MAX_LINES} lines.`;
  throw documentLimitExceeded('TOKEN_LIMIT', message, { name: 'lines', max: MAX_LINES, found });
}

/** Strings and comments may have such words. @throws for a name that is too long, in a text that can be parsed */
function refuseLongNames(source: string | Source): void {
  const text = typeof source === 'string' ? source : source.body;
  if (!LONG_WORD.test(text)) return;
  const lexer = new Lexer(new Source(text));
  for (let token = lexer.advance(); token.kind !== TokenKind.EOF; token = lexer.advance()) {
    const found = token.end - token.start;
    if (token.kind === TokenKind.NAME && found > MAX_NAME_LENGTH) {
      const message = `The document has a name of more than ${MAX_NAME_LENGTH} characters.`;
      throw documentLimitExceeded('NAME_LIMIT', message, {
        name: 'name length',
        max: MAX_NAME_LENGTH,
        found,
      });
    }
  }
}

/** The first limit that a document of this size breaks; null when it keeps to all. */
export function judge(size: DocumentSize, limits: Omit<DocumentLimits, 'maxTokens'>): GraphQLError | null {
  const checks = [
    ['DEPTH_LIMIT', 'MAX_DEPTH', size.depth, limits.maxDepth, 'levels of fields'],
    [
      'DEPTH_LIMIT',
      'introspection depth',
      size.introspectionDepth,
      MAX_INTROSPECTION_DEPTH,
      'levels of introspection',
    ],
    ['ALIAS_LIMIT', 'MAX_ALIASES', size.aliases, limits.maxAliases, 'aliases'],
    [
      'ALIAS_LIMIT',
      'introspection fields',
      size.introspectionFields,
      MAX_INTROSPECTION_FIELDS,
      'introspection fields',
    ],
    [
      'ALIAS_LIMIT',
      'repeats',
      size.repeats,
      MAX_REPEATS,
      'fragments, or times the same field in one selection',
    ],
    ['DIRECTIVE_LIMIT', 'MAX_DIRECTIVES', size.directives, limits.maxDirectives, 'directives'],
  ] as const;
  for (const [code, name, found, max, what] of checks) {
    if (found > max) {
      // A sum over nested fragments can leave the range that JSON has numbers for.
      const figure = Number.isSafeInteger(found) ? found : null;
      return documentLimitExceeded(code, `The operation has more than ${max} ${what}.`, {
        name,
        max,
        found: figure,
      });
    }
  }
  return null;
}
