import { normaliseLocale } from '../../text/keys/normalise-locale.ts';

/** ISO 639-1. A list of our own: those of the machine differ between machines. */
const LANGUAGES: ReadonlySet<string> = new Set(
  (
    'aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es et eu ' +
    'fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ' +
    'ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os ' +
    'pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ' +
    'ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu'
  ).split(' '),
);
const SUFFIX = /\.([a-z]{2}(?:[-_][a-z0-9]{2,8}){0,2})(?=\.[^./]+$)/iu;

/**
 * The language that a file's name tells, as in `about.fr.md` or `about.pt-br.md`; null when it tells none. What merely looks like
 * one, as in `notes.v2.md` or `page.js.md`, is none.
 */
export function localeFromPath(path: string): string | null {
  const tag = SUFFIX.exec(path)?.[1];
  if (tag === undefined || !LANGUAGES.has(tag.slice(0, 2).toLowerCase())) return null;
  return normaliseLocale(tag);
}

/** The path without that language. */
export function withoutLocale(path: string): string {
  return localeFromPath(path) === null ? path : path.replace(SUFFIX, '');
}
