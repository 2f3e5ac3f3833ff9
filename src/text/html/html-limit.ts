// By itself, so that who tells of the limit need not load what renders.

/** Characters of HTML that a text may come to. */
export const MAX_HTML = 16 * 1024 * 1024;
