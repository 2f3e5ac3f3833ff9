import { expect, it } from 'vitest';
import { sharedKinds } from '../../src/model/kinds/shared-kinds.ts';
import { ID_PREFIX } from '../../src/text/id-prefixes.ts';

const repeated = (names: readonly string[]) => names.filter((name, index) => names.indexOf(name) < index);

it('ids begin in a way of their own for each kind', () => {
  const { article, provider, image, relatedLink } = ID_PREFIX;
  const kinds = sharedKinds.map(({ idPrefix }) => idPrefix);
  expect(repeated([article, provider, image, relatedLink, ...kinds])).toEqual([]);
  for (const prefix of kinds) expect(prefix).toMatch(/^[a-z]{1,2}_$/);
});

it('no two kinds have a type, a root field or a key in common', () => {
  expect(repeated(sharedKinds.map(({ type }) => type.toLowerCase()))).toEqual([]);
  expect(repeated(sharedKinds.flatMap(({ one, many }) => [one, many]))).toEqual([]);
  expect(repeated(sharedKinds.flatMap(({ key }) => [key.name, ...key.aliases]))).toEqual([]);
});
