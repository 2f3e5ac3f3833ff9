import type { GraphQLError } from 'graphql';
import { codedError } from '../../engine/mapping/errors.ts';

/** A limit of the configuration by the name of its variable, and how far the request went beyond it. */
export interface LimitFigure {
  name: string;
  max: number;
  /** Null when counting stopped at the limit. */
  found: number | null;
}

function refusal(
  status: number,
  code: string,
  message: string,
  extensions: Record<string, unknown> = {},
  headers: Record<string, string> = {},
): GraphQLError {
  // `spec` off: Yoga keeps this status whichever of the two JSON media types the client accepts.
  return codedError(code, message, { ...extensions, http: { status, headers, spec: false } });
}

/** The request is not GraphQL over HTTP: its JSON, its parameters or its headers are wrong. */
export function badRequest(message: string): GraphQLError {
  return refusal(400, 'BAD_REQUEST', message);
}

export const SCHEMA_CHANGED = 'SCHEMA_CHANGED';

/** The owner has changed what articles have while the operation ran. */
export function schemaChanged(): GraphQLError {
  const message =
    'What articles have has changed: ask again. Subscribe again since the version that you have.';
  return refusal(503, 'SCHEMA_CHANGED', message, {}, { 'retry-after': '1' });
}

export function notFound(endpoint: string): GraphQLError {
  return refusal(404, 'NOT_FOUND', `Nothing is here. The API is at ${endpoint}.`);
}

/** RFC 9110, section 15.5.6: the methods that do work go into `Allow`. */
export function methodNotAllowed(allowed: string): GraphQLError {
  return refusal(405, 'METHOD_NOT_ALLOWED', `Only ${allowed} are answered here.`, {}, { allow: allowed });
}

export function unsupportedMediaType(message: string): GraphQLError {
  return refusal(415, 'UNSUPPORTED_MEDIA_TYPE', message, {}, { 'accept-post': 'application/json' });
}

/** RFC 9110, section 15.5.7: none of the media types that the client accepts can carry this operation's result. */
export function notAcceptable(): GraphQLError {
  const types =
    'application/graphql-response+json, application/json or, for subscriptions, text/event-stream or multipart/mixed;subscriptionSpec=1.0';
  return refusal(406, 'NOT_ACCEPTABLE', `Answers come as ${types}.`);
}

export function bodyTooLarge(max: number): GraphQLError {
  const limit: LimitFigure = { name: 'MAX_BODY_BYTES', max, found: null };
  return refusal(413, 'BODY_TOO_LARGE', `The request body is larger than ${max} bytes.`, { limit });
}

/** A document over one of the document limits: a well-formed request whose operation cannot begin. */
export function documentLimitExceeded(code: string, message: string, limit: LimitFigure): GraphQLError {
  return codedError(code, message, { limit, http: { status: 400, spec: true } });
}

/** Variables or extensions with values in values in values. */
export function valuesTooDeep(what: string, max: number): GraphQLError {
  return documentLimitExceeded('DEPTH_LIMIT', `${what} nests more than ${max} levels deep.`, {
    name: 'levels of JSON',
    max,
    found: null,
  });
}

/** The schema is not told to clients. */
export function introspectionDisabled(): GraphQLError {
  return codedError('INTROSPECTION_DISABLED', 'Introspection is turned off.', {
    http: { status: 400, spec: true },
  });
}

/** The code and message by which Apollo's clients know to send the document's text. */
export function persistedQueryNotFound(): GraphQLError {
  return refusal(200, 'PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound');
}

export function persistedQueryNotSupported(): GraphQLError {
  return refusal(400, 'PERSISTED_QUERY_NOT_SUPPORTED', 'PersistedQueryNotSupported');
}

/** Only documents of the manifest are answered, by text or by hash. */
export function documentNotTrusted(): GraphQLError {
  return refusal(403, 'DOCUMENT_NOT_TRUSTED', 'Only registered documents are answered here.');
}

/** A document so deep that walking it ran out of stack, which only a raised MAX_TOKENS lets come so far. */
export function tooDeepToWalk(): GraphQLError {
  return codedError('DEPTH_LIMIT', 'The document is nested too deeply.', {
    http: { status: 400, spec: true },
  });
}

/** RFC 6750, section 3.1: says that the token failed, and not why. */
export function unauthenticated(): GraphQLError {
  return refusal(
    401,
    'UNAUTHENTICATED',
    'The token was not accepted.',
    {},
    {
      'www-authenticate': 'Bearer error="invalid_token"',
    },
  );
}

/** The keys that tokens are checked with could not be fetched. */
export function authenticationUnavailable(): GraphQLError {
  return refusal(
    503,
    'AUTHENTICATION_UNAVAILABLE',
    'Tokens cannot be checked now.',
    {},
    { 'retry-after': '5' },
  );
}

export function rateLimited(max: number, retryAfterSeconds: number): GraphQLError {
  const limit: LimitFigure = { name: 'RATE_LIMIT', max, found: null };
  return refusal(
    429,
    'RATE_LIMITED',
    `More than ${max} requests in a minute.`,
    { limit },
    {
      'retry-after': String(retryAfterSeconds),
    },
  );
}

export function overloaded(max: number): GraphQLError {
  const limit: LimitFigure = { name: 'MAX_QUEUE', max, found: null };
  return refusal(503, 'OVERLOADED', 'Too many operations are waiting.', { limit }, { 'retry-after': '1' });
}

/** Clients send more bodies at one time than there is room for. */
export function tooManyBodies(): GraphQLError {
  const message = 'Too many bytes of request bodies are on their way.';
  return refusal(503, 'OVERLOADED', message, {}, { 'retry-after': '1' });
}

/** Clients have not taken what was sent before. */
export function tooManyUnread(): GraphQLError {
  const message = 'Too many bytes of earlier answers have not been taken by their clients.';
  return refusal(503, 'OVERLOADED', message, {}, { 'retry-after': '1' });
}

export function tooManyStreams({ name, max }: { name: string; max: number }): GraphQLError {
  const limit: LimitFigure = { name, max, found: null };
  return refusal(
    503,
    'SUBSCRIPTION_LIMIT',
    'Too many subscriptions are open.',
    { limit },
    { 'retry-after': '10' },
  );
}

export function deadlineExceeded(max: number): GraphQLError {
  const limit: LimitFigure = { name: 'DEADLINE_MS', max, found: null };
  return refusal(
    503,
    'DEADLINE_EXCEEDED',
    `The operation took longer than ${max} ms.`,
    { limit },
    {
      'retry-after': '1',
    },
  );
}

export function internalError(requestId: string): GraphQLError {
  return refusal(500, 'INTERNAL_SERVER_ERROR', 'Unexpected error.', { requestId });
}
