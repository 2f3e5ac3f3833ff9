import type { GraphQLError } from 'graphql';
import { type GatewayRequest, header } from './exchange.ts';
import { methodNotAllowed, unsupportedMediaType } from './refusals.ts';

/**
 * Whether this may be a GraphQL request at all; null when it may.
 *
 * A page of any origin can make a browser POST the content types that need no preflight (Fetch standard, "CORS-safelisted
 * request-header"), with the user's network position. JSON is not among them, so JSON alone is accepted. A GET can do no
 * harm: only queries are executed for it.
 */
export function checkRequest(request: GatewayRequest): GraphQLError | null {
  if (request.method === 'GET') return null;
  if (request.method !== 'POST') return methodNotAllowed('GET, POST');
  const contentType = header(request, 'content-type');
  if (contentType !== 'application/json' && !isJson(contentType)) {
    return unsupportedMediaType('Send the operation as application/json in UTF-8.');
  }
  const encoding = header(request, 'content-encoding');
  if (encoding !== undefined && encoding !== 'identity') {
    return unsupportedMediaType('Send the request body without content encoding.');
  }
  return null;
}

/** `application/json`, with no parameters but `charset=utf-8`. */
function isJson(contentType: string | undefined): boolean {
  const parts = (contentType ?? '')
    .toLowerCase()
    .split(';', 4)
    .map((part) => part.trim());
  const [type, ...parameters] = parts;
  // A closing semicolon is no parameter.
  const [charset = '', ...more] = parameters.at(-1) === '' ? parameters.slice(0, -1) : parameters;
  return type === 'application/json' && more.length === 0 && /^(?:charset="?utf-?8"?)?$/.test(charset);
}
