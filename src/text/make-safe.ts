import sanitizeHtml from 'sanitize-html';

/** The tags of headings. */
const HEADINGS = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'];

// What Markdown makes, and the harmless HTML that people write in it. No script, style, form, frame or event handler.
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
    ...Object.fromEntries(HEADINGS.map((tag) => [tag, ['id', 'lang', 'dir']])),
  },
  allowedClasses: { code: ['language-*'] },
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
};

/** Takes everything out of HTML that could harm a reader, and every `id` but `ownId` on a heading. */
export function makeSafe(html: string, ownId: string): string {
  const keepOwnId: sanitizeHtml.Transformer = (tagName, { id, ...attribs }) => ({
    tagName,
    attribs: id === ownId ? { id, ...attribs } : attribs,
  });
  const transformTags = { input: keepCheckbox, source: keepPlainSrcset, '*': dropCommentedUrls };
  for (const tag of HEADINGS) Object.assign(transformTags, { [tag]: keepOwnId });
  return sanitizeHtml(html, { ...ALLOWED, transformTags });
}

/** An `input` is there for task lists only; a tag that is not allowed is left out. */
const keepCheckbox: sanitizeHtml.Transformer = (tagName, attribs) => ({
  tagName: attribs.type === 'checkbox' ? tagName : 'other-input',
  attribs,
});

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
