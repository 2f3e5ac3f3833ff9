import { readFileSync } from 'node:fs';
import satisfies from 'semver/functions/satisfies.js';
import { type Finding, fail, ok } from './finding.ts';

/** Whether a Node, this one unless another is named, is one of `engines` in package.json. */
export async function examineNode(version = process.versions.node): Promise<Finding> {
  const manifest: { engines: { node: string } } = JSON.parse(
    readFileSync(new URL('../../../../package.json', import.meta.url), 'utf8'),
  );
  const range = manifest.engines.node;
  const message = `v${version}, wanted ${range}`;
  return satisfies(version, range)
    ? ok('node', message)
    : fail('node', message, 'Install Node 24 LTS: nvm install 24');
}
