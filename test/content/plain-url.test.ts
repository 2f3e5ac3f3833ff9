import { expect, it } from 'vitest';
import { createRandom } from '../../scripts/bench/corpus/random.ts';
import { normaliseUrl } from '../../src/content/values/normalise-url.ts';

const hosts = [
  'a',
  'example',
  'ex-ample',
  '-a',
  'a-',
  'xn--a',
  'XN--80AK',
  'org',
  'com1',
  '1',
  '0x7f',
  '127',
  '',
];
const joints = ['.', '.', '.', '..', ':', '@', ':80', '%2e', '_'];
const paths = [
  '',
  '/',
  '/a%20b',
  '/%',
  '/?q=a@b',
  '/#x',
  '/\\',
  '/a b',
  '/"',
  '/é',
  '?x',
  '#y',
  '/[1]',
  '/.',
  '/..//',
];

it('takes no address on its own that the WHATWG parser refuses or that names a user', () => {
  const seed = Date.now() % 1_000_000;
  const random = createRandom(seed);
  const { pick } = random;
  let kept = 0;
  for (let round = 0; round < 20_000; round++) {
    let host = pick(hosts);
    for (let more = random.int(0, 3); more > 0; more--) host += pick(joints) + pick(hosts);
    const text = `${pick(['https', 'http', 'HTTPS', 'ftp'])}://${host}${pick(paths)}`;
    if (normaliseUrl(text) === null) continue;
    kept += 1;
    expect(URL.canParse(text), `seed ${seed}: ${text}`).toBe(true);
    const { username, password, protocol } = new URL(text);
    expect([username, password], `seed ${seed}: ${text}`).toEqual(['', '']);
    expect(protocol, `seed ${seed}: ${text}`).toMatch(/^https?:$/);
  }
  expect(kept).toBeGreaterThan(500);
});
