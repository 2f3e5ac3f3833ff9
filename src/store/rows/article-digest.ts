import { reasonsOfTime } from '../../content/article/time-reasons.ts';
import type { HiddenReason } from '../../content/visibility/hidden-reason.ts';
import { digestBytes } from '../../text/digest.ts';

/**
 * The digest of an article: SHA-256 in hex of what everybody may see of it where it is shown and, where the owner keeps something for
 * preview readers alone, `~` and a shorter one of that.
 */
export function digestOf(lines: readonly (string | null)[], privateLines: readonly string[]): string {
  const digest = digestBytes(lines.join('\n'));
  return privateLines.length === 0
    ? digest
    : `${digest}~${digestBytes(privateLines.join('\n')).slice(0, 16)}`;
}

/**
 * The digest of an article's rows at a moment: that of when no time hides it, and the reasons of the time. So one moment's is made of
 * another's without the file.
 * @param digest of any moment
 */
export function digestAt(digest: string, hiddenBecause: readonly HiddenReason[]): string {
  return [withoutReasons(digest), ...reasonsOfTime(hiddenBecause)].join('+');
}

/** What everybody may know of a digest, which stays as it is while only what is for preview readers changes. */
export function publicDigest(digest: string): string {
  return digest.replace(/~[0-9a-f]+/u, '');
}

/** Another digest, of an article that has lost what the owner's keys gave it, until its file is read again. */
export function digestWithoutOwn(digest: string): string {
  const whole = withoutReasons(digest);
  return `${digestBytes(`${whole} without its own keys`)}${digest.slice(whole.length)}`;
}

function withoutReasons(digest: string): string {
  return digest.split('+', 1)[0] ?? digest;
}
