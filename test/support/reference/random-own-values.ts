import {
  isObjectKey,
  isReferenceKey,
  isScalarKey,
  type OwnField,
  type OwnModel,
  type PartKey,
  type ScalarKey,
} from '../../../src/model/own-model.ts';
import type { Random } from './random.ts';
import {
  HIDDEN_NAMES,
  type MoreKeys,
  NAMES,
  ownUrl,
  type Place,
  randomDate,
  randomText,
  sitePath,
} from './random-content.ts';

/** At the ends of what there is, and beside one another. */
export const INTS = [-(2 ** 31), 2 ** 31 - 1, -3, -1, 0, 1, 50];
export const FLOATS = [
  ...[0, -0.5, 0.1, 0.30000000000000004, 1.5, 4, -3, 50, 1e21, 1e-7, 123_456_789.123_456_79],
  ...[1e300, -1e300, 2 ** 53 + 2, 5e-324, 1 / 3],
];

const BAD_VALUES = [
  ...[
    null,
    '',
    '   ',
    [],
    {},
    'x',
    12,
    -1.5,
    true,
    [[1]],
    [['piece 1']],
    { name: 5 },
    { name: 'Zoo' },
    [null],
  ],
  ...['9'.repeat(30), 'never', 1e301, { other: 1 }, [{}, 'y'], 'a, b', '/', 'https://', '../../..'],
];

/** What files say under the keys of a model: mostly what is good, some of it bad, some of it nothing. */
export function randomOwnKeys({ fields }: OwnModel): MoreKeys {
  return (random, place) => {
    const keys = fields
      .filter(() => random.chance(0.65))
      .flatMap((field) =>
        random.some(field.from, 1, random.pick([1, 1, 2])).map((key): [string, unknown] => {
          const spelt = random.chance(0.1) ? key.toUpperCase() : key;
          return [spelt, random.chance(0.12) ? random.pick(BAD_VALUES) : randomValue(random, field, place)];
        }),
      );
    return Object.fromEntries(keys);
  };
}

function randomValue(random: Random, field: OwnField, place: Place): unknown {
  const several = <T>(make: () => T, most: number) => Array.from({ length: random.int(0, most) }, make);
  if (isScalarKey(field)) return scalar(random, field);
  if (isObjectKey(field)) {
    const make = () => object(random, field.fields);
    return field.kind === 'object' || random.chance(0.1) ? make() : several(make, 4);
  }
  const isOne = field.kind === 'term' || field.kind === 'article';
  const make = () => (isReferenceKey(field) ? reference(random, place) : term(random, place));
  return isOne || random.chance(0.2) ? make() : several(make, 5);
}

function term(random: Random, { isHidden }: Place): unknown {
  const name = random.pick(isHidden && random.chance(0.4) ? HIDDEN_NAMES : NAMES);
  return random.chance(0.1) ? { name, more: 1 } : name;
}

/** Another file by what it may be called, whether there is one or not, hidden or itself. */
function reference(random: Random, place: Place): string {
  const index = random.int(0, place.count + 3);
  const folder = random.pick(['', '', 'News/', 'news/', 'a/b c/', 'ähre/']);
  const file = `piece ${index}${random.pick(['', '', '.md', '.txt', '.markdown'])}`;
  return random.pick([
    ...[
      `${folder}${file}`,
      `${folder}${file}`,
      `${folder}piece-${index}`,
      `./${file}`,
      `../${folder}${file}`,
    ],
    ...[`[[${file}|shown]]`, `/${folder}piece-${index}`, ownUrl(random, place.count)],
    sitePath(random, place),
  ]);
}

function object(random: Random, fields: readonly PartKey[]): unknown {
  if (random.chance(0.1)) return random.pick(['Zoo', 'https://zoo.example/', 7]);
  const parts = fields
    .filter(() => random.chance(0.75))
    .map((field): [string, unknown] => [
      random.pick(field.from),
      random.chance(0.1) ? random.pick(BAD_VALUES) : scalar(random, field),
    ]);
  return Object.fromEntries(parts);
}

function scalar(random: Random, { kind, values }: PartKey | ScalarKey): unknown {
  switch (kind) {
    case 'text':
      return random.pick([randomText(random, 3), randomText(random, 1), random.pick(NAMES), '  a   b ', 7]);
    case 'url':
      return `https://img.example/${random.pick(['a', 'A', 'Straße', 'b?c=d'])}${random.int(1, 3)}`;
    case 'int':
      return random.pick([random.pick(INTS), random.int(-5, 5), '50']);
    case 'float':
      return random.pick([random.pick(FLOATS), random.pick(FLOATS), random.int(0, 5) / 4, '1.5']);
    case 'date':
      return randomDate(random);
    case 'boolean':
      return random.pick([true, false, 'true']);
    case 'enum': {
      const { text } = random.pick(values);
      return random.pick([text, text.toUpperCase(), text.toLowerCase()]);
    }
  }
}
