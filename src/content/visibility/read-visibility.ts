import { squashKey } from '../../text/keys/suggest-key.ts';
import { type Place, report, reportKey, within } from '../problems/collect-problems.ts';
import { readMoment } from '../values/read-moment.ts';
import { YamlBoolean } from '../values/yaml-boolean.ts';
import {
  findFlagKey,
  findHidingKey,
  hidesInItsTool,
  isStatusKey,
  mayShowOrHide,
  PUBLIC_STATES,
  readFlag,
  readState,
  STATUS_KEYS,
  speaksOfArticle,
} from './find-visibility.ts';
import type { HiddenReason } from './hidden-reason.ts';

/** What the keys of visibility say, while front matter is read. */
export interface Visibility {
  readonly reasons: Set<HiddenReason>;
  /** `published` with a date is the time of publication. */
  publishedAt: string | null;
}

/**
 * Reads a key at the top of the front matter if it is one on which visibility hangs, and tells of what was not understood.
 * Every such key counts, whatever the others say.
 * @returns false when it is none
 */
export function readVisibilityKey(
  visibility: Visibility,
  key: string,
  value: unknown,
  place: Place,
): boolean {
  if (!mayShowOrHide(key)) return false;
  const flag = findFlagKey(key);
  if (flag !== null) readFlagKey(visibility, flag, key, value, place);
  else if (squashKey(key) === 'build' && hasParts(value)) readBuild(visibility, value);
  else if (isStatusKey(key)) readStatusKey(visibility, key, value, place);
  else if (hidesInItsTool(key, value)) visibility.reasons.add('DRAFT');
  else {
    const known = findHidingKey(key, value);
    if (known === null) return false;
    visibility.reasons.add(reasonOf(known));
    reportKey(place, 'VISIBILITY_KEY_MISSPELT', { key, known });
  }
  return true;
}

function reasonOf(hidingKey: string): HiddenReason {
  return STATUS_KEYS.includes(hidingKey) ? 'STATUS' : 'DRAFT';
}

function readFlagKey(
  visibility: Visibility,
  { name, shows }: { name: string; shows: boolean },
  key: string,
  value: unknown,
  place: Place,
): void {
  const flag = readFlag(value);
  if (flag !== null) {
    if (flag !== shows) visibility.reasons.add('DRAFT');
    if (typeof value === 'string') report(place, 'VISIBILITY_QUOTED', value, { key, flag: String(flag) });
    return;
  }
  const reading = name === 'published' && typeof value === 'string' ? momentOf(value, place) : null;
  if (reading !== null) visibility.publishedAt = reading;
  else {
    visibility.reasons.add('UNREADABLE');
    report(place, 'VISIBILITY_NOT_BOOLEAN', value, { key });
  }
}

/** Hugo's build options: a page that is not rendered is on no site. https://gohugo.io/content-management/build-options/ */
function readBuild({ reasons }: Visibility, options: object): void {
  const render = Object.entries(options).find(([key]) => squashKey(key) === 'render')?.[1];
  const isNever = typeof render === 'string' && squashKey(render) === 'never';
  if (isNever || readFlag(render) === false) reasons.add('DRAFT');
}

function momentOf(text: string, { reading }: Place): string | null {
  const found = readMoment(text.trim(), reading.offsetAt);
  return 'moment' in found ? found.moment : null;
}

function readStatusKey({ reasons }: Visibility, key: string, value: unknown, place: Place): void {
  const state = readState(value);
  if (state === 'public') return;
  reasons.add(state === null ? 'UNREADABLE' : 'STATUS');
  if (state !== 'other') report(place, 'STATUS_UNKNOWN', value, { key, states: PUBLIC_STATES.join(', ') });
}

/** Whether a key below others is known to speak of something else than the article. */
export type IsOfAnother = (key: string, parents: readonly (string | number)[]) => boolean;

/** Looks below the top, where a slip of the indent may have put a key that hides. Tells of each. */
export function readNestedVisibility(
  visibility: Visibility,
  data: object,
  place: Place,
  isOfAnother: IsOfAnother,
): void {
  for (const [key, value] of Object.entries(data)) {
    if (hasParts(value)) lookInto(visibility, value, within(place, key), [key], isOfAnother);
  }
}

function lookInto(
  visibility: Visibility,
  parts: object,
  place: Place,
  parents: readonly (string | number)[],
  isOfAnother: IsOfAnother,
): void {
  if (Array.isArray(parts)) {
    for (const [index, value] of parts.entries()) lookBelow(index, value);
    return;
  }
  for (const [key, value] of Object.entries(parts)) {
    if (hasParts(value)) lookBelow(key, value);
    else if (mayShowOrHide(key)) {
      const known = hidesInItsTool(key, value) ? key : findHidingKey(key, value);
      if (known === null || !speaksOfArticle(known, parents) || isOfAnother(key, parents)) continue;
      visibility.reasons.add(reasonOf(known));
      reportKey(within(place, key), 'VISIBILITY_KEY_NESTED', { key, known });
    }
  }

  function lookBelow(step: string | number, value: unknown): void {
    if (hasParts(value)) lookInto(visibility, value, within(place, step), [...parents, step], isOfAnother);
  }
}

function hasParts(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !(value instanceof YamlBoolean);
}
