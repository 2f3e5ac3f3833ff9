import type sanitizeHtml from 'sanitize-html';
import { escapeHtml } from './html-text.ts';

/** What a frame from a listed host may do, and no more: https://developer.mozilla.org/docs/Web/HTML/Reference/Elements/iframe */
const FRAME = {
  sandbox: 'allow-scripts allow-same-origin allow-popups allow-presentation',
  referrerpolicy: 'strict-origin-when-cross-origin',
  loading: 'lazy',
};

/** What the sanitiser is told, so that frames and films from some hosts stay. */
export interface EmbedRules {
  tags: string[];
  attributes: Record<string, string[]>;
  /** By tag; that of `source` is for those of films, which have a `src`. */
  transforms: Record<'iframe' | 'video' | 'source', sanitizeHtml.Transformer>;
}

/**
 * Frames and films stay where their address is one of https on a listed host, or a subdomain of one that begins with `*.`; else a link
 * to the address stands in their place.
 * @param hosts in lower case
 */
export function embedRules(hosts: readonly string[]): EmbedRules {
  const linkTo = (url: URL): sanitizeHtml.Tag => ({
    tagName: 'a',
    attribs: { href: url.href },
    text: url.href,
  });

  const frame: sanitizeHtml.Transformer = (_, { src, width, height, title, allowfullscreen }) => {
    const url = sourceOf(src);
    if (url === null) return { tagName: 'iframe', attribs: {} };
    if (!isListed(url, hosts)) return linkTo(url);
    const size = { ...sizeOf('width', width), ...sizeOf('height', height) };
    return {
      tagName: 'iframe',
      attribs: {
        ...{ src: url.href, ...size, ...(title !== undefined && { title }), ...FRAME },
        ...(allowfullscreen !== undefined && { allowfullscreen: '' }),
      },
    };
  };

  const film: sanitizeHtml.Transformer = (_, { src, poster, width, height }) => {
    const url = sourceOf(src);
    // Its sources may stand in it. Where no host is listed, the tag is left out.
    if (url === null) return { tagName: 'video', attribs: { controls: '' } };
    if (!isListed(url, hosts)) return linkTo(url);
    const picture = sourceOf(poster);
    return {
      tagName: 'video',
      attribs: {
        ...{ src: url.href, controls: '', ...sizeOf('width', width), ...sizeOf('height', height) },
        ...(picture && isListed(picture, hosts) && { poster: picture.href }),
      },
    };
  };

  const source: sanitizeHtml.Transformer = (tagName, { src, type }) => {
    const url = sourceOf(src);
    const isKept = url !== null && isListed(url, hosts);
    return {
      tagName,
      attribs: isKept ? { src: url.href, ...(type !== undefined && { type }) } : {},
    };
  };

  return {
    tags: hosts.length > 0 ? ['iframe', 'video'] : [],
    attributes: {
      iframe: ['src', 'width', 'height', 'title', 'allowfullscreen', ...Object.keys(FRAME)],
      video: ['src', 'poster', 'width', 'height', 'controls'],
      source: ['src'],
    },
    transforms: { iframe: frame, video: film, source },
  };
}

function sizeOf(name: string, value: string | undefined): Record<string, string> {
  return value !== undefined && /^\d{1,5}%?$/.test(value) ? { [name]: value } : {};
}

const SOURCE =
  /<source\b[^<>]{0,2000}?\ssrc\s{0,9}=\s{0,9}(?:"([^"<>]{1,2000})"|'([^'<>]{1,2000})')[^<>]{0,2000}>/gi;

/** HTML, not yet safe, in which a link stands where the source of a film has an address that is not listed. */
export function linkSources(html: string, hosts: readonly string[]): string {
  if (!html.includes('<source') && !/<source/i.test(html)) return html;
  return html.replace(SOURCE, (tag, double?: string, single?: string) => {
    const url = sourceOf(double ?? single);
    if (url === null || isListed(url, hosts)) return tag;
    const address = escapeHtml(url.href);
    return `<a href="${address}">${address}</a>`;
  });
}

/** The address of a frame or film; null when it is none of the web. */
export function sourceOf(address: string | undefined): URL | null {
  if (address === undefined || !URL.canParse(address, 'https://here.invalid')) return null;
  const url = new URL(address, 'https://here.invalid');
  const isWeb = /^https?:$/.test(url.protocol) && url.hostname !== 'here.invalid';
  return isWeb && url.href.length <= 4_000 ? url : null;
}

/** Whether a frame or film from there stays. @param hosts as of embedRules */
export function isListed({ protocol, hostname, username, port }: URL, hosts: readonly string[]): boolean {
  const isHost = (host: string) =>
    host.startsWith('*.') ? hostname.endsWith(host.slice(1)) : hostname === host;
  return protocol === 'https:' && username === '' && port === '' && hosts.some(isHost);
}
