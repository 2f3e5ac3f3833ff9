import { createHash, timingSafeEqual } from 'node:crypto';
import { Registry } from 'prom-client';
import type { VersionSource } from '../../store/version-source.ts';
import { isLocal } from '../http/client-address.ts';
import { type GatewayRequest, type GatewayResponse, header, jsonResponse } from '../http/exchange.ts';
import { methodNotAllowed, notFound, unauthenticated } from '../http/refusals.ts';

export interface OperationRoutesOptions {
  versions: VersionSource;
  /** The metrics in Prometheus' text format. */
  readMetrics(): Promise<string>;
  metricsAccess: 'local' | 'public' | 'off';
  metricsToken: string | null;
  endpoint: string;
  /** How many proxies stand in front. */
  trustProxy: number;
  isStopping(): boolean;
  /** Whether the content folder could not be followed for too long. */
  isStale(): boolean;
}

/**
 * Answers at the paths for machines that keep the gateway running; null for every other path.
 * @throws the coded refusal
 */
export type OperationRoutes = (
  path: string,
  request: GatewayRequest,
) => GatewayResponse | Promise<GatewayResponse> | null;

const READY_DEADLINE_MS = 2_000;

export function createOperationRoutes(options: OperationRoutesOptions): OperationRoutes {
  const routes: Record<string, (request: GatewayRequest) => GatewayResponse | Promise<GatewayResponse>> = {
    // The process lives and its event loop turns; nothing else is looked at, so that a restart is never the wrong cure.
    '/health': () => jsonResponse(200, { status: 'ok' }),
    '/ready': () => answerReady(options),
    ...(options.metricsAccess !== 'off' && {
      '/metrics': (request: GatewayRequest) => answerMetrics(options, request),
    }),
  };
  return (path, request) => {
    const route = Object.hasOwn(routes, path) ? routes[path] : undefined;
    if (!route) return null;
    if (request.method !== 'GET') throw methodNotAllowed('GET');
    return route(request);
  };
}

/**
 * Ready: the database answers, has a version, does so in time, and the folder is followed. The reason of a failure is a word,
 * never a message.
 */
async function answerReady({
  versions,
  isStopping,
  isStale,
}: OperationRoutesOptions): Promise<GatewayResponse> {
  if (isStopping()) return unready('stopping');
  if (isStale()) return unready('stale');
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<'timeout'>((resolve) => {
    timer = setTimeout(resolve, READY_DEADLINE_MS, 'timeout');
  });
  try {
    const outcome = await Promise.race([versions.refresh(), deadline]);
    if (outcome === 'timeout') return unready('timeout');
    // Everybody may ask, so that it is the version that everybody knows.
    return jsonResponse(200, { status: 'ready', version: outcome.publicNumber });
  } catch {
    return unready('content');
  } finally {
    clearTimeout(timer);
  }
}

function unready(reason: 'stopping' | 'stale' | 'timeout' | 'content'): GatewayResponse {
  return jsonResponse(503, { status: 'unavailable', reason }, ['retry-after', '1']);
}

async function answerMetrics(
  options: OperationRoutesOptions,
  request: GatewayRequest,
): Promise<GatewayResponse> {
  const authorization = header(request, 'authorization');
  const { metricsToken } = options;
  if (authorization !== undefined && metricsToken !== null) {
    if (!isEqual(authorization, `Bearer ${metricsToken}`)) throw unauthenticated();
  } else if (options.metricsAccess === 'local' && !isLocal(request, options.trustProxy)) {
    // To others it is as if there were no such path.
    throw notFound(options.endpoint);
  }
  const body = Buffer.from(await options.readMetrics());
  return {
    status: 200,
    headers: [
      'content-type',
      Registry.PROMETHEUS_CONTENT_TYPE,
      'content-length',
      String(body.length),
      'cache-control',
      'no-store',
    ],
    body,
  };
}

/** Takes the same time whatever is equal of the two. */
function isEqual(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
