import { readFileSync } from 'node:fs';
import { type Finding, fail, ok } from './finding.ts';

/** Whether this Node is one of `engines` in package.json. */
export async function examineNode(): Promise<Finding> {
  const manifest: { engines: { node: string } } = JSON.parse(
    readFileSync(new URL('../../../../package.json', import.meta.url), 'utf8'),
  );
  const range = manifest.engines.node;
  const message = `${process.version}, wanted ${range}`;
  return satisfies(process.versions.node, range)
    ? ok('node', message)
    : fail('node', message, 'Install Node 24 LTS: nvm install 24');
}

/**
 * Whether a version is in a range of the forms that `engines` has: `^1.2.3` and `>=1.2.3`, joined by `||`.
 * https://github.com/npm/node-semver#ranges
 */
export function satisfies(version: string, range: string): boolean {
  const found = parse(version);
  return range.split('||').some((part) => {
    const lowest = parse(part);
    const isHighEnough = compare(found, lowest) >= 0;
    return part.trim().startsWith('^') ? isHighEnough && found[0] === lowest[0] : isHighEnough;
  });
}

function parse(text: string): number[] {
  return (text.match(/\d+/g) ?? []).slice(0, 3).map(Number);
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (let at = 0; at < 3; at += 1) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
