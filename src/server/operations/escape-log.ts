/** What JSON leaves as it is, and a terminal acts on: DEL and the C1 controls, line separators, what turns the direction of text. */
const UNSAFE_IN_JSON = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;
/** The same, and the controls that JSON escapes. */
const UNSAFE = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

/** JSON whose texts are the same for who parses it, and do nothing to a terminal that shows it. */
export function escapeJson(json: string): string {
  return json.replace(
    UNSAFE_IN_JSON,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** A value of a log entry as a terminal may show it: in its texts each such character is U+FFFD, in stacks all but line ends. */
export function escapeValues(value: unknown, key = ''): unknown {
  if (typeof value === 'string') {
    const lines = key === 'stack' ? value.split('\n') : [value.replaceAll('\n', ' ')];
    return lines.map((line) => line.replace(UNSAFE, '\ufffd')).join('\n');
  }
  if (Array.isArray(value)) return value.map((item) => escapeValues(item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [escapeValues(name), escapeValues(item, name)]),
  );
}
