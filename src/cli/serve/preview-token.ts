import { randomBytes } from 'node:crypto';
import type { GatewayConfig } from '../../config/load-config.ts';
import type { Terminal } from '../output/terminal.ts';

const drafts =
  '{ articles(filter: { published: { eq: false } }) { edges { node { slug title published } } } }';

/** In development a preview token for this run, when none is set; otherwise null. */
export function makePreviewToken({ mode, previewTokens }: GatewayConfig): string | null {
  return mode === 'development' && previewTokens.length === 0 ? randomBytes(18).toString('base64url') : null;
}

/** The settings with the token in them. */
export function withPreviewToken(config: GatewayConfig, token: string | null): GatewayConfig {
  return token === null ? config : { ...config, previewTokens: [{ name: 'development', token }] };
}

/** Shows the token with a link that opens GraphiQL with it and a query for hidden articles. */
export function printPreviewToken(url: string, token: string, terminal: Terminal): void {
  // Behind the # a browser keeps it to itself: no request line, log or referrer has the token.
  const link = `${url}?query=${encodeURIComponent(drafts)}#preview=${token}`;
  terminal.print(`${terminal.paint('dim', 'preview token for this run:')} ${token}`);
  terminal.print(`  ${link}`);
}
