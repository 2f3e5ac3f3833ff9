import type sanitizeHtml from 'sanitize-html';

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
  transforms: Record<string, sanitizeHtml.Transformer>;
}

/**
 * Frames and films stay where their address is one of https on a listed host, or a subdomain of one that begins with `*.`; else a link
 * to the address stands in their place.
 * @param hosts in lower case
 */
export function embedRules(hosts: readonly string[]): EmbedRules {
  const sourceOf = (address: string | undefined): URL | null => {
    if (address === undefined || !URL.canParse(address, 'https://here.invalid')) return null;
    const url = new URL(address, 'https://here.invalid');
    return /^https?:$/.test(url.protocol) && url.hostname !== 'here.invalid' && url.href.length <= 4_000
      ? url
      : null;
  };
  const isListed = ({ protocol, hostname, username, port }: URL) =>
    protocol === 'https:' &&
    username === '' &&
    port === '' &&
    hosts.some((host) => (host.startsWith('*.') ? hostname.endsWith(host.slice(1)) : hostname === host));
  const linkTo = (url: URL): sanitizeHtml.Tag => ({
    tagName: 'a',
    attribs: { href: url.href },
    text: url.href,
  });
  const nothing: sanitizeHtml.Tag = { tagName: 'no-embed', attribs: {} };

  const frame: sanitizeHtml.Transformer = (_, { src, width, height, title, allowfullscreen }) => {
    const url = sourceOf(src);
    if (url === null) return nothing;
    if (!isListed(url)) return linkTo(url);
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
    // Its sources may stand in it.
    if (url === null)
      return src === undefined && hosts.length > 0
        ? { tagName: 'video', attribs: { controls: '' } }
        : nothing;
    if (!isListed(url)) return linkTo(url);
    const picture = sourceOf(poster);
    return {
      tagName: 'video',
      attribs: {
        ...{ src: url.href, controls: '', ...sizeOf('width', width), ...sizeOf('height', height) },
        ...(picture && isListed(picture) && { poster: picture.href }),
      },
    };
  };

  /** Of a film only: those of pictures have no `src`. */
  const source = (attribs: sanitizeHtml.Attributes): sanitizeHtml.Tag | null => {
    if (attribs.src === undefined) return null;
    const url = sourceOf(attribs.src);
    if (url === null) return nothing;
    return isListed(url)
      ? {
          tagName: 'source',
          attribs: { src: url.href, ...(attribs.type !== undefined && { type: attribs.type }) },
        }
      : linkTo(url);
  };

  return {
    tags: hosts.length > 0 ? ['iframe', 'video'] : [],
    attributes: {
      iframe: ['src', 'width', 'height', 'title', 'allowfullscreen', ...Object.keys(FRAME)],
      video: ['src', 'poster', 'width', 'height', 'controls'],
      source: ['src'],
    },
    transforms: {
      iframe: frame,
      video: film,
      source: (tagName, attribs) => source(attribs) ?? { tagName, attribs },
    },
  };
}

function sizeOf(name: string, value: string | undefined): Record<string, string> {
  return value !== undefined && /^\d{1,5}%?$/.test(value) ? { [name]: value } : {};
}
