/** A language, and after it perhaps a script, a region and variants (RFC 5646, section 2.1, without extensions). */
const TAG = /^[a-z]{2,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?(?:-(?:[a-z\d]{5,8}|\d[a-z\d]{3}))*$/iu;
const MAX_LENGTH = 35;

/**
 * A language tag in the case of RFC 5646, section 2.1.1: `pt_br` is `pt-BR`. No registry is asked, so that the same files give the
 * same answer on any machine.
 * @returns null when it is none, or longer than 35 characters
 */
export function normaliseLocale(text: string): string | null {
  if (text.length > MAX_LENGTH) return null;
  const tag = text.trim().replaceAll('_', '-');
  if (!TAG.test(tag)) return null;
  const [language = '', ...rest] = tag.toLowerCase().split('-');
  const parts = rest.map((part) => {
    if (/^[a-z]{4}$/u.test(part)) return part.charAt(0).toUpperCase() + part.slice(1);
    return part.length === 2 ? part.toUpperCase() : part;
  });
  return [language, ...parts].join('-');
}
