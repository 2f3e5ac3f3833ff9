/** The languages that front matter is written in. */
export const languages = ['yaml', 'toml', 'json', 'header'] as const;
export type Language = (typeof languages)[number];

export type Value = string | number | boolean | null | Value[] | { [key: string]: Value };

/** The text of a file. @param lines keys as YAML writes them, each with the source of its value */
export function writeFile(
  language: Language,
  head: { readonly [key: string]: Value },
  lines: readonly (readonly [key: string, source: string])[],
  body: string,
): string {
  const entries = Object.entries(head);
  const others = lines.map(([key, source]) => [key, readSource(source)] as const);
  if (language === 'header') {
    // Lists and mappings of the lines stay as they are: a header has none.
    const texts = [
      ...entries.map(([key, value]) => [key, toText(value)]),
      ...lines.map(([key, source]) => [key, /^[[{]/u.test(source) ? source : toText(readSource(source))]),
    ];
    return `${texts.map(([key, text]) => `${key}: ${text}\n`).join('')}\n${body}`;
  }
  if (language === 'json') {
    const members = [...entries, ...others].map(
      ([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`,
    );
    return `{\n  ${members.join(',\n  ')}\n}\n${body}`;
  }
  if (language === 'toml') {
    const pairs = [...entries, ...others].map(
      ([key, value]) => `${JSON.stringify(key)} = ${toToml(value)}\n`,
    );
    return `+++\n${pairs.join('')}+++\n${body}`;
  }
  const pairs = [
    ...entries.map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`),
    ...lines.map(([key, source]) => `${key}: ${source}\n`),
  ];
  return `---\n${pairs.join('')}---\n${body}`;
}

/** What a source of YAML says to somebody who writes it in another language: `yes` is a word there. */
function readSource(source: string): Value {
  if (source === '' || source === '~') return null;
  if (source === 'true' || source === 'false') return source === 'true';
  if (/^(?:\d$|[[{])/u.test(source)) return JSON.parse(source);
  return source.replace(/^(["'])(.*)\1$/u, '$2');
}

/** A header has texts alone. */
function toText(value: Value): string {
  if (Array.isArray(value)) return value.map(toText).join(', ');
  if (typeof value !== 'object' || value === null) return String(value ?? '');
  const { webUrl, domain } = value;
  return toText(webUrl ?? domain ?? JSON.stringify(value));
}

/** TOML has no null, and dates of its own. */
function toToml(value: Value): string {
  if (value === null) return '""';
  if (Array.isArray(value)) return `[${value.map(toToml).join(', ')}]`;
  if (typeof value === 'object') {
    const pairs = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)} = ${toToml(item)}`);
    return `{ ${pairs.join(', ')} }`;
  }
  const isDate = typeof value === 'string' && /^\d{4}-0\d-0\d(?:T[\d:+]+)?$/u.test(value);
  return isDate ? value : JSON.stringify(value);
}
