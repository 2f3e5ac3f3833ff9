import { isUtf8 } from 'node:buffer';
import type { GraphQLParams } from 'graphql-yoga';
import type { GatewayRequest } from '../http/exchange.ts';
import { isRecord } from '../http/is-record.ts';
import { badRequest, valuesTooDeep } from '../http/refusals.ts';
import { exceedsObjects, isDeeperThan } from './measure-json.ts';

/** The parameters of the GraphQL over HTTP specification, and `documentId` of its appendix on persisted documents. */
const NAMES = ['query', 'operationName', 'variables', 'extensions', 'documentId'] as const;

/** Levels of lists and objects in variables; the deepest input that the schema has use for is a fifth of it. */
const MAX_JSON_DEPTH = 64;

/** Errors tell of an object with all that is in it. The widest input of the schema has a fifth of these keys. */
const MAX_OBJECTS = { objects: 1_000, keys: 100 };

export interface OperationParams extends GraphQLParams {
  documentId?: string;
}

/**
 * The GraphQL parameters of a GET or POST. Null values count as absent.
 *
 * @throws a coded BAD_REQUEST for anything that is not one well-formed request; batches are not. DEPTH_LIMIT for values
 * in values beyond 64 levels.
 */
export function parseParams(request: GatewayRequest): OperationParams {
  return checkParams(request.method === 'GET' ? parseQueryString(request.url) : parseBody(request.body));
}

function parseQueryString(url: string): Record<string, unknown> {
  const mark = url.indexOf('?');
  const search = new URLSearchParams(mark === -1 ? '' : url.slice(mark + 1));
  const params: Record<string, unknown> = {};
  for (const name of NAMES) {
    const values = search.getAll(name);
    if (values.length > 1) throw badRequest(`The parameter "${name}" is given more than once.`);
    const value = values[0];
    if (value === undefined || value === '') continue;
    params[name] = name === 'variables' || name === 'extensions' ? parseJson(value, `"${name}"`) : value;
  }
  return params;
}

function parseBody(body: Buffer): Record<string, unknown> {
  if (!isUtf8(body)) throw badRequest('The request body is not UTF-8.');
  // A parser may pass over a BOM (RFC 8259, section 8.1), and some clients write one.
  const value = parseJson(body.toString('utf8').replace(/^\ufeff/, ''), 'The request body');
  if (Array.isArray(value)) throw badRequest('Batches are not supported: send one operation a request.');
  if (!isRecord(value)) throw badRequest('The request body must be a JSON object.');
  for (const name of Object.keys(value)) {
    if (!(NAMES as readonly string[]).includes(name)) {
      throw badRequest(`The request body has an unexpected parameter: ${JSON.stringify(name.slice(0, 40))}.`);
    }
  }
  return value;
}

function checkParams(params: Record<string, unknown>): OperationParams {
  const checked: OperationParams = {};
  for (const name of ['query', 'operationName', 'documentId'] as const) {
    const value = params[name] ?? undefined;
    if (value !== undefined && typeof value !== 'string') throw badRequest(`"${name}" must be a string.`);
    checked[name] = value;
  }
  for (const name of ['variables', 'extensions'] as const) {
    const value = params[name] ?? undefined;
    if (value !== undefined && !isRecord(value)) throw badRequest(`"${name}" must be an object.`);
    if (isDeeperThan(value, MAX_JSON_DEPTH)) throw valuesTooDeep(`"${name}"`, MAX_JSON_DEPTH);
    if (exceedsObjects(value, MAX_OBJECTS)) {
      const { objects, keys } = MAX_OBJECTS;
      throw badRequest(`"${name}" may have ${objects} objects, each of ${keys} keys.`);
    }
    checked[name] = value;
  }
  return checked;
}

function parseJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badRequest(`${what} is not JSON.`);
  }
}
