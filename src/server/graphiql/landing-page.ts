import type { GatewayResponse } from '../http/exchange.ts';

/** What a browser is shown at the endpoint where GraphiQL is off. */
export function createLandingPage(endpoint: string): GatewayResponse {
  const body = Buffer.from(`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>GraphQL API</title>
<h1>GraphQL API</h1>
<p>This address answers GraphQL clients: send queries to <code>${endpoint}</code> by POST as JSON, or by GET with the parameter
<code>query</code>.
<p>There is no page to explore it with.
</html>
`);
  const headers = [
    'content-type',
    'text/html; charset=utf-8',
    'content-length',
    String(body.length),
    'cache-control',
    'no-store',
    'content-security-policy',
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    'x-content-type-options',
    'nosniff',
    'vary',
    'Accept',
  ];
  return { status: 200, headers, body };
}
