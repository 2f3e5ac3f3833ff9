import { createHash } from 'node:crypto';
import type { GraphiQLOptions } from 'graphql-yoga';
import {
  addEncoding,
  chooseResponse,
  createStoredResponse,
  missingEncoding,
  type StoredResponse,
} from '../cache/stored-response.ts';
import { COST_HEADER, type GatewayRequest, type GatewayResponse, header } from '../http/exchange.ts';
import { exampleQueries } from './example-queries.ts';

/** Whether a browser asks for a page rather than a program for data. */
export function wantsPage(request: GatewayRequest): boolean {
  return request.method === 'GET' && (header(request, 'accept')?.includes('text/html') ?? false);
}

/** GraphiQL as one page that loads nothing from anywhere: scripts, styles and workers are in it. */
export type GraphiQLServer = (request: GatewayRequest) => Promise<GatewayResponse>;

/** The page is made at its first request: it takes 9 MB to build, and many gateways never show it. */
export function createGraphiQLServer(endpoint: string): GraphiQLServer {
  let page: Promise<StoredResponse> | null = null;
  return async (request) => {
    page ??= buildPage(endpoint);
    const stored = await page;
    const missing = missingEncoding(stored, request);
    if (missing) await addEncoding(stored, missing);
    return chooseResponse(stored, request);
  };
}

async function buildPage(endpoint: string): Promise<StoredResponse> {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  const options: GraphiQLOptions & { endpoint: string } = {
    endpoint,
    title: 'content-gateway',
    defaultTabs: exampleQueries.map(({ query, variables }) => ({
      query,
      ...(variables && { variables: JSON.stringify(variables, null, 2) }),
    })),
    // Who tries queries out wants to see what they cost.
    additionalHeaders: { [COST_HEADER]: 'on' },
    shouldPersistHeaders: false,
    credentials: 'same-origin',
  };
  const html = withStillTabs(withPreview(renderGraphiQL(options), JSON.stringify(options)));
  return createStoredResponse({
    status: 200,
    contentType: 'text/html; charset=utf-8',
    body: Buffer.from(html),
    headers: [
      'cache-control',
      'no-cache',
      'vary',
      'Accept, Accept-Encoding',
      'content-security-policy',
      contentSecurityPolicy(html),
      'x-content-type-options',
      'nosniff',
      'x-frame-options',
      'DENY',
      'referrer-policy',
      'no-referrer',
      'cross-origin-opener-policy',
      'same-origin',
      'permissions-policy',
      'camera=(), geolocation=(), microphone=()',
    ],
    conditional: true,
  });
}

/**
 * Lets a link carry a preview token behind `#preview=`, where browsers keep it to themselves: no request line, log or
 * referrer has it. The page then sends it with each operation.
 */
function withPreview(html: string, options: string): string {
  const script = `<script>
function withPreview(options) {
  const token = new URLSearchParams(location.hash.slice(1)).get('preview');
  if (token) options.additionalHeaders.authorization = 'Bearer ' + token;
  return options;
}
</script>`;
  // Functions, since the texts have dollar signs in them.
  return html.replace('</head>', () => `${script}</head>`).replace(options, () => `withPreview(${options})`);
}

/**
 * A first click on a tab would be lost: the page moves tabs by an animation whose last place stays until the tab has
 * the focus, so that the tab jumps away from under the mouse.
 */
function withStillTabs(html: string): string {
  const style = '<style>.graphiql-tab { transform: none !important; }</style>';
  return html.replace('</head>', () => `${style}</head>`);
}

/** Lets the page run its own scripts, known by their digests, and talk to its own host; nothing else. */
function contentSecurityPolicy(html: string): string {
  const hashes = [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(
    ([, script = '']) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`,
  );
  return [
    "default-src 'none'",
    `script-src ${hashes.join(' ')} blob:`,
    // The editor makes its workers from text in the page, and writes style elements as it runs.
    'worker-src blob:',
    "style-src 'unsafe-inline'",
    "img-src 'self' data:",
    'font-src data:',
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
