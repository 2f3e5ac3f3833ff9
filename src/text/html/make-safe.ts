import sanitizeHtml from 'sanitize-html';
import { embedRules, linkSources } from './embeds.ts';

/** The tags of headings. */
const HEADINGS = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'];

/** Where footnotes stand, and what refers to them. */
const NOTES = ['li', 'sup'];

// What Markdown makes, and the harmless HTML that people write in it. No script, style, form or event handler, and no frame but from
// hosts that are listed.
const ALLOWED: sanitizeHtml.IOptions = {
  allowedTags: [
    ...sanitizeHtml.defaults.allowedTags,
    ...['img', 'del', 'ins', 'input', 'details', 'summary', 'picture', 'source'],
  ],
  allowedAttributes: {
    a: ['href', 'title'],
    img: ['src', 'alt', 'title', 'width', 'height'],
    source: ['srcset', 'media', 'type'],
    code: [{ name: 'class', values: [] }],
    input: [{ name: 'type', values: ['checkbox'] }, 'checked', 'disabled'],
    ol: ['start'],
    td: ['align', 'colspan', 'rowspan'],
    th: ['align', 'colspan', 'rowspan', 'scope'],
    details: ['open'],
    '*': ['lang', 'dir'],
    ...Object.fromEntries([...HEADINGS, ...NOTES].map((tag) => [tag, ['id', 'lang', 'dir']])),
  },
  allowedClasses: { code: ['language-*', 'math'], blockquote: ['callout', 'callout-*'] },
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
};

/**
 * Takes everything out of HTML that could harm a reader, and every `id` but those that begin with `ownId`, on headings and footnotes.
 * @param embedHosts as of embedRules
 */
export function makeSafe(html: string, ownId: string, embedHosts: readonly string[]): string {
  const keepIf =
    (isOwn: (id: string) => boolean): sanitizeHtml.Transformer =>
    (tagName, { id, ...attribs }) => ({
      tagName,
      attribs: id !== undefined && isOwn(id) ? { id, ...attribs } : attribs,
    });
  const { tags, attributes, transforms } = embedRules(embedHosts);
  const source: sanitizeHtml.Transformer = (tagName, attribs) =>
    (attribs.src === undefined ? keepPlainSrcset : transforms.source)(tagName, attribs);
  const transformTags = {
    ...transforms,
    a: keepAddress,
    source,
    '*': dropCommentedUrls,
  };
  const isOwnHeading = (id: string) => id === ownId || id.startsWith(`${ownId}-`);
  for (const tag of HEADINGS) Object.assign(transformTags, { [tag]: keepIf(isOwnHeading) });
  for (const tag of NOTES)
    Object.assign(transformTags, { [tag]: keepIf((id) => id.startsWith(`${ownId}f`)) });
  const allowed = ALLOWED.allowedAttributes || {};
  return sanitizeHtml(linkSources(html, embedHosts), {
    ...ALLOWED,
    allowedTags: [...(ALLOWED.allowedTags || []), ...tags],
    allowedAttributes: { ...allowed, ...attributes, source: [...(allowed.source ?? []), 'src'] },
    transformTags,
    exclusiveFilter: isEmptyTag,
  });
}

/** A link whose address was left out is its text. */
const keepAddress: sanitizeHtml.Transformer = (tagName, { href, ...attribs }) => ({
  tagName,
  attribs: href === undefined || href.trim() === '' ? attribs : { href, ...attribs },
});

/**
 * An `input` is there for task lists only, a `source` and a frame for what they name. No tag is renamed to one that is not allowed, and
 * none that has no end: the sanitiser gives the next tag that ends the new name.
 */
function isEmptyTag({ tag, attribs }: sanitizeHtml.IFrame): boolean {
  if (tag === 'input') return attribs.type !== 'checkbox';
  if (tag === 'iframe') return attribs.src === undefined && attribs.href === undefined;
  return tag === 'source' && attribs.src === undefined && attribs.srcset === undefined;
}

const MAX_SRCSET = 4_000;
// An address, and at most one width or density that is not nothing.
const CANDIDATE = String.raw`[^\s,\p{C}"'<>\\^${'`'}{|}]+(?: +[1-9]\d{0,5}w| +[1-9]\d{0,2}(?:\.\d{1,3})?x)?`;
const SRCSET = new RegExp(`^ *${CANDIDATE}(?: *, +${CANDIDATE})* *$`, 'u');

/** The sanitiser's parser of `srcset` prints what it does not understand, as it was written: it is given nothing such. */
const keepPlainSrcset: sanitizeHtml.Transformer = (tagName, { srcset, ...attribs }) => ({
  tagName,
  attribs:
    srcset !== undefined && srcset.length <= MAX_SRCSET && SRCSET.test(srcset)
      ? { ...attribs, srcset }
      : attribs,
});

/** The sanitiser takes comments out of an address one by one, copying the rest of it each time. */
const dropCommentedUrls: sanitizeHtml.Transformer = (tagName, attribs) => {
  for (const name of ['href', 'src', 'cite']) {
    if (attribs[name]?.includes('<!--') === true) delete attribs[name];
  }
  return { tagName, attribs };
};
