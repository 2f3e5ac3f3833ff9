import type { ObjectKey, ScalarKey } from './own-model.ts';

/** `authors` as a part of a type's name: `Authors`. */
export function upperFirst(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** The type of the objects of a key: `speakers` are a list of `ArticleSpeaker`. */
export function objectTypeName({ kind, name }: Pick<ObjectKey, 'kind' | 'name'>): string {
  return `Article${upperFirst(kind === 'list' ? singular(name) : name)}`;
}

/** The type of an enum's values. */
export function enumTypeName({ name }: Pick<ScalarKey, 'name'>, owner = 'Article'): string {
  return `${owner}${upperFirst(name)}`;
}

/** The root fields for one and for all things of a kind: `author` and `authors`. */
export function rootFieldNames(kind: string): { one: string; many: string } {
  const one = lowerFirst(kind);
  const many = plural(one);
  return { one, many: many === one ? `${one}List` : many };
}

/** The field by which a thing or an article leads back to the articles that name it under a key. */
export function reverseName(key: string): string {
  return `${key}Of`;
}

/** A field's value in an order's enum: `eventDate` is `EVENT_DATE`. */
export function orderName(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/gu, '$1_$2')
    .replace(/([A-Z])([A-Z][a-z])/gu, '$1_$2')
    .toUpperCase();
}

/** The plural of an English noun; of one that has none, such as `series`, itself. */
function plural(noun: string): string {
  if (/(?:series|species|news)$/iu.test(noun)) return noun;
  if (/[^aeiou]y$/iu.test(noun)) return `${noun.slice(0, -1)}ies`;
  return /(?:s|x|z|ch|sh)$/iu.test(noun) ? `${noun}es` : `${noun}s`;
}

export function singular(noun: string): string {
  if (/(?:series|species|news|ss|us|is)$/iu.test(noun)) return noun;
  if (/[^aeiou]ies$/iu.test(noun)) return `${noun.slice(0, -3)}y`;
  if (/(?:x|z|ch|sh|ss)es$/iu.test(noun)) return noun.slice(0, -2);
  return noun.length > 1 && noun.endsWith('s') ? noun.slice(0, -1) : noun;
}
