import { emptyResponse, type GatewayRequest, type GatewayResponse, header } from './exchange.ts';

const METHODS = 'GET, POST, OPTIONS';
/** What browsers may send beyond the safelisted headers, where they do not say what they want to. */
const REQUEST_HEADERS = 'authorization, content-type, if-none-match, x-request-id, x-gateway-cost';
/** Characters of a list of headers that is allowed as it is asked for. */
const MAX_ASKED_LENGTH = 1_000;
/** RFC 9110, section 5.1: names of headers, with commas between. */
const NAMES = /^[!#$%&'*+.^_`|~\w-]+(?:[ \t]*,[ \t]*[!#$%&'*+.^_`|~\w-]+)*$/;
/** What scripts may read of an answer beyond the safelisted headers. */
const EXPOSED_HEADERS = 'allow, etag, retry-after, www-authenticate, x-cache, x-request-id';
const EXPOSE = ['access-control-expose-headers', EXPOSED_HEADERS];
const PREFLIGHT_SECONDS = '7200';

/** The cross-origin policy of the configuration, as the Fetch standard's CORS protocol reads it. */
export interface CorsPolicy {
  /** Whether answers differ by origin, so that `Vary` has to say so. */
  readonly variesByOrigin: boolean;
  /** The value of `Access-Control-Allow-Origin` for this request; null when its origin may not read the answer. */
  allowedOrigin(request: GatewayRequest): string | null;
  /** The headers that go with an answer to that origin. */
  headersFor(allowedOrigin: string | null): readonly string[];
  preflight(request: GatewayRequest): GatewayResponse;
  /** The headers that go with a refusal. */
  headersForRefusal(request: GatewayRequest): readonly string[];
}

/** `origins` is `['*']`, `['none']` or a list of origins. Credentials are allowed for listed origins only. */
export function createCorsPolicy(origins: readonly string[]): CorsPolicy {
  const everybody = origins.includes('*');
  const listed = new Set(everybody ? [] : origins.filter((origin) => origin !== 'none'));
  const forEverybody = ['access-control-allow-origin', '*', ...EXPOSE];
  const forNobody: readonly string[] = [];
  const forListed = new Map(
    [...listed].map((origin) => [
      origin,
      ['access-control-allow-origin', origin, 'access-control-allow-credentials', 'true', ...EXPOSE],
    ]),
  );

  const policy: CorsPolicy = {
    variesByOrigin: listed.size > 0,
    allowedOrigin(request) {
      if (everybody) return '*';
      const origin = header(request, 'origin');
      return origin !== undefined && listed.has(origin) ? origin : null;
    },
    headersFor(allowedOrigin) {
      if (allowedOrigin === null) return forNobody;
      return allowedOrigin === '*' ? forEverybody : (forListed.get(allowedOrigin) ?? forNobody);
    },
    headersForRefusal(request) {
      const headers = policy.headersFor(policy.allowedOrigin(request));
      return ['vary', 'Origin', ...headers];
    },
    preflight(request) {
      const allowedOrigin = policy.allowedOrigin(request);
      if (allowedOrigin === null) return emptyResponse(204, ['vary', 'Origin']);
      return emptyResponse(204, [
        ...policy.headersFor(allowedOrigin),
        'access-control-allow-methods',
        METHODS,
        'access-control-allow-headers',
        requestHeaders(request) ?? REQUEST_HEADERS,
        'access-control-max-age',
        PREFLIGHT_SECONDS,
        'vary',
        'Origin, Access-Control-Request-Headers',
      ]);
    },
  };
  return policy;
}

/**
 * The headers that a page wants to send, if they can be: tools add their own (tracing, client names), and none of them means
 * anything here that a page of an allowed origin may not say.
 */
function requestHeaders(request: GatewayRequest): string | null {
  const asked = header(request, 'access-control-request-headers')?.trim() ?? '';
  return asked.length <= MAX_ASKED_LENGTH && NAMES.test(asked) ? asked : null;
}
