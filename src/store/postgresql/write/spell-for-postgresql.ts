/** What SQLite calls otherwise. */
const FUNCTIONS: Readonly<Record<string, string>> = {
  json_array: 'json_build_array',
  json_object: 'json_build_object',
  json_group_array: 'json_agg',
  json_group_object: 'json_object_agg',
};

const TOKEN = /'(?:[^']|'')*'|"(?:[^"]|"")*"|\/\*.*?\*\/|\?(\d*)|[A-Za-z_]\w*\.?/gsu;

/**
 * A statement of the sync as PostgreSQL spells it: the names of JSON functions, numbered parameters, the schema of temporary tables,
 * and quotes around names in mixed case, which it would take for names in lower case. Texts and names in quotes stay as they are.
 */
export function spellForPostgresql(sql: string): string {
  let parameters = 0;
  return sql.replace(TOKEN, (token, number?: string) => {
    if (token.startsWith('?')) {
      parameters += 1;
      return `$${number || parameters}`;
    }
    if (token === 'temp.') return 'pg_temp.';
    const name = token.replace(/\.$/u, '');
    const dot = token.slice(name.length);
    if (!/^[A-Za-z_]/u.test(token)) return token;
    const isMixed = /[a-z]/u.test(name) && /[A-Z]/u.test(name);
    return (isMixed ? `"${name}"` : (FUNCTIONS[name] ?? name)) + dot;
  });
}
