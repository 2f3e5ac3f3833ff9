import { findCodeEnd, findFenceEnd } from '../syntax/skip-code.ts';
import { isListed, sourceOf } from './embeds.ts';

/** A tag for which readers get a link. */
export interface LinkedFrame {
  tag: string;
  host: string;
}

/** Kinds that are told, and tags that are looked at. */
const MAX_FRAMES = 20;
const MAX_TAGS = 2_000;
const MAX_TAG = 3_000;

const SIGN = /\n|`+|<(iframe|video|source)(?=[\s/>])/gi;
const ADDRESS = /\ssrc\s{0,9}=\s{0,9}(?:"([^"<>]{1,2000})"|'([^'<>]{1,2000})'|([^\s"'<>=`]{1,2000}))/i;

/**
 * The frames and films of Markdown or MDX of which a link to the address is shown, since their host is not listed; each tag and host
 * once. Code is passed by.
 * @param hosts as of embedRules
 */
export function findLinkedFrames(markdown: string, hosts: readonly string[]): LinkedFrame[] {
  if (!/<(?:iframe|video|source)/i.test(markdown)) return [];
  const found = new Map<string, LinkedFrame>();
  let tags = 0;
  let isLineStart = true;
  for (let at = 0; found.size < MAX_FRAMES && tags < MAX_TAGS; ) {
    const fenceEnd = isLineStart ? findFenceEnd(markdown, at) : null;
    if (fenceEnd !== null) {
      at = fenceEnd;
      if (at >= markdown.length) break;
      continue;
    }
    SIGN.lastIndex = at;
    const sign = SIGN.exec(markdown);
    if (sign === null) break;
    at = SIGN.lastIndex;
    isLineStart = sign[0] === '\n';
    if (sign[0].startsWith('`')) at = findCodeEnd(markdown, at, sign[0]) ?? at;
    const tag = sign[1]?.toLowerCase();
    if (tag === undefined) continue;
    tags += 1;
    const head = markdown.slice(at, at + MAX_TAG);
    const [, double, single, bare] = ADDRESS.exec(head.slice(0, head.indexOf('>') + 1)) ?? [];
    const url = sourceOf(double ?? single ?? bare);
    if (url !== null && !isListed(url, hosts)) found.set(`${tag} ${url.host}`, { tag, host: url.host });
  }
  return [...found.values()];
}
