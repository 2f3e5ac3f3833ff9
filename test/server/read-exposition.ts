/**
 * Reads Prometheus' text format strictly: each family has one HELP and one TYPE line, then its samples and no other's, and
 * no sample stands twice. Gives the samples' values by name and labels.
 * @throws Error that names the line that is wrong
 */
export function readExposition(text: string): Map<string, number> {
  const samples = new Map<string, number>();
  const described = new Set<string>();
  const typed = new Set<string>();
  let family = '';
  for (const line of text.split('\n')) {
    const [, kind, name = ''] = /^# (HELP|TYPE) (\S+) \S/.exec(line) ?? [];
    if (line === '') continue;
    if (kind === 'HELP') {
      if (described.has(name)) throw new Error(`described twice: ${line}`);
      described.add(name);
      family = name;
    } else if (kind === 'TYPE') {
      if (typed.has(name) || name !== family) throw new Error(`a type out of place: ${line}`);
      typed.add(name);
    } else {
      const [, sample = '', base = '', value = ''] =
        /^((\w+?)(?:_bucket|_sum|_count)?(?:\{.*\})?) (\S+)$/.exec(line) ?? [];
      if (!Number.isFinite(Number(value)) || value === '') throw new Error(`no sample: ${line}`);
      if (base !== family || !typed.has(family)) throw new Error(`a sample out of place: ${line}`);
      if (samples.has(sample)) throw new Error(`a sample twice: ${line}`);
      samples.set(sample, Number(value));
    }
  }
  return samples;
}
