/** Answers that are kept. A folder has some hundred different keys. */
const MAX_ENTRIES = 5_000;
/** Characters of a text whose answer is kept. */
const MAX_LENGTH = 64;

/**
 * A function of a text that is made once for each text. A folder's files repeat their keys, and a file of somebody's own
 * making repeats none: what is kept has a bound.
 *
 * @param make must depend on the text alone; what it returns is shared
 * @param most answers that are kept; then all are forgotten at once
 */
export function remember<Answer>(
  make: (text: string) => Answer,
  most = MAX_ENTRIES,
): (text: string) => Answer {
  const known = new Map<string, Answer>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined || known.has(text)) return found as Answer;
    const answer = make(text);
    if (text.length > MAX_LENGTH) return answer;
    if (known.size >= most) known.clear();
    known.set(text, answer);
    return answer;
  };
}
