/** One instruction of a Dockerfile. */
export interface Instruction {
  /** In upper case: `COPY`. */
  name: string;
  /** `--from=build` is `from: 'build'`. */
  flags: Record<string, string>;
  /** What comes after the flags, on one line, with the values of global `ARG`s in their places. */
  text: string;
}

/** A stage of a multi-stage build, with what it takes over from the one it begins with. */
export interface Stage {
  name: string;
  /** An image, or the name of an earlier stage. */
  base: string;
  instructions: Instruction[];
}

/** The stages of a Dockerfile in their order (Dockerfile reference: "Format", "FROM", "ARG"). No here-documents. */
export function parseDockerfile(source: string): Stage[] {
  const defaults = new Map<string, string>();
  const stages: Stage[] = [];
  for (const { name, flags, text } of parseInstructions(source)) {
    const stage = stages.at(-1);
    if (name === 'FROM') {
      const [base = '', , alias = ''] = text
        .replaceAll(/\$\{(\w+)\}/gu, (_, key) => defaults.get(key) ?? '')
        .split(/\s+/u);
      stages.push({ name: alias, base, instructions: [] });
    } else if (stage) {
      stage.instructions.push({ name, flags, text });
    } else if (name === 'ARG') {
      const [key = '', value = ''] = text.split('=');
      defaults.set(key, value);
    } else {
      throw new Error(`${name} stands before the first FROM.`);
    }
  }
  return stages;
}

function parseInstructions(source: string): Instruction[] {
  const lines = source.split('\n').filter((line) => !/^\s*#/u.test(line));
  return lines
    .join('\n')
    .replaceAll(/\\\n\s*/gu, '')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [, name = '', flags = '', text = ''] = /^([A-Z]+)\s+((?:--\S+\s+)*)(.*)$/u.exec(line) ?? [];
      if (name === '') throw new Error(`This is no instruction: ${line}`);
      const pairs = [...flags.matchAll(/--([\w-]+)=(\S+)/gu)].map(([, key = '', value = '']) => [key, value]);
      return { name, flags: Object.fromEntries(pairs), text };
    });
}

/** The name-value pairs of the `ENV` instructions. Values have no spaces here. */
export function environmentOf({ instructions }: Stage): Record<string, string> {
  const pairs = instructions
    .filter(({ name }) => name === 'ENV')
    .flatMap(({ text }) => text.split(/\s+/u))
    .map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]);
  return Object.fromEntries(pairs);
}

/** What `COPY` copies: its sources, and the stage they come from; null is the build context. */
export function copiesOf({
  instructions,
}: Stage): { from: string | null; sources: string[]; target: string }[] {
  return instructions
    .filter(({ name }) => name === 'COPY')
    .map(({ flags, text }) => {
      const words = text.split(/\s+/u);
      return { from: flags.from ?? null, sources: words.slice(0, -1), target: words.at(-1) ?? '' };
    });
}

/**
 * Whether a path of the build context is sent to the builder: the last pattern that matches it or a folder above it
 * decides (Docker's documentation: ".dockerignore files").
 */
export function isSent(dockerignore: string, path: string): boolean {
  const parts = path.split('/');
  const selfAndAbove = parts.map((_, index) => parts.slice(0, index + 1).join('/'));
  let sent = true;
  for (const line of dockerignore.split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    const pattern = line.replace(/^!/u, '');
    const escaped = pattern.replaceAll(/[.+?^$()|[\]{}]/gu, '\\$&');
    const inFolder = (part: string) => part.replaceAll('*', '[^/]*');
    const expression = new RegExp(`^${escaped.split('**/').map(inFolder).join('(?:.+/)?')}$`, 'u');
    if (selfAndAbove.some((each) => expression.test(each))) sent = line.startsWith('!');
  }
  return sent;
}
