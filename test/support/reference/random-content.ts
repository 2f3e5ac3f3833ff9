import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Random } from './random.ts';

// Words whose case, normal form or order is where text handling goes wrong.
const WORDS = [
  ['İstanbul', 'istanbul', 'ISTANBUL', 'ıssız', 'Issız', 'Straße', 'STRASSE', 'STRAẞE', 'maße'],
  ['Σίσυφος', 'ΣΊΣΥΦΟΣ', 'σίσυφοσ', 'ὈΔΥΣΣΕΎΣ', 'Ὀδυσσεύς', 'ᾳδης'],
  ['Café', 'Cafe\u0301', 'CAFÉ', 'ångström', 'A\u030angström', 'q\u0323\u0307', 'q\u0307\u0323'],
  ['海辺', '时钟', '時計', '한글', '\u1112\u1161\u11ab', 'ｚeta', 'ﬁsh', 'FISH', 'Ǆep', 'ŉ', '\ufffd'],
  ['😀', '👩‍🚀', '🇹🇷', '𝒳', '\u{10ffff}'],
  [
    'harbour',
    'Harbour',
    'HARBOUR',
    'clock',
    'a',
    'A',
    'b',
    "it's",
    '"quoted"',
    '100%',
    'a_b',
    'back\\slash',
    '--',
    ';',
  ],
].flat();

export const NAMES = [
  [
    'Harbour News',
    'harbour news',
    'HARBOUR  NEWS',
    'Straße',
    'STRASSE',
    'strasse',
    'İzmir',
    'izmir',
    'Σπιτς',
    'ΣΠΙΤΣ',
  ],
  ['Café', 'Cafe\u0301', '时钟', '😀', 'ｚ', 'Zoo', 'zoo', 'Only', 'ONLY', 'Apple'],
].flat();

const DOMAINS = [
  null,
  null,
  'harbour.example',
  'www.harbour.example',
  'Clock.Example',
  'münchen.example',
  'zoo.example',
];
const DATES = [
  '2024-01-01',
  '2024-01-01T10:00:00Z',
  '2024-01-01T12:00:00+02:00',
  '2023-06-30T23:59:59.999Z',
  '0001-01-01',
  '9999-12-31T23:59:59.999Z',
];

/** Names that only hidden articles use. */
export const HIDDEN_NAMES = ['Backstage', 'BACKSTAGE', 'only', 'İZMİR'];

/** Words, some of them, joined by one space. */
export function randomText(random: Random, most: number): string {
  return Array.from({ length: random.int(1, most) }, () => random.pick(WORDS)).join(' ');
}

/** Writes between 60 and 150 article files of made-up content into a folder; `hidden` is the share of hidden ones. */
export function writeRandomContent(
  random: Random,
  folder: string,
  { hidden = 0.2, more }: { hidden?: number; more?: MoreKeys } = {},
): void {
  const count = random.int(60, 150);
  for (let index = 0; index < count; index += 1) {
    const isHidden = random.chance(hidden);
    const directory = random.pick(['', 'News/', 'news/', 'a/b c/', 'ähre/']);
    const path = join(folder, `${directory}piece ${index}.${random.pick(['md', 'txt', 'markdown'])}`);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, fileText(random, { count, index, isHidden }, more));
  }
}

/** Further keys of a file, which stand before what the file has under the same. */
export type MoreKeys = (random: Random, place: Place) => Readonly<Record<string, unknown>>;

export interface Place {
  count: number;
  index: number;
  isHidden: boolean;
}

function fileText(random: Random, place: Place, more?: MoreKeys): string {
  const body = random.chance(0.3)
    ? ''
    : `# ${randomText(random, 3)}\n\n${randomText(random, 20)}\n\n## More\n`;
  const keys: Record<string, unknown> = { title: randomText(random, 3) };
  const maybe = (key: string, value: () => unknown) => {
    if (random.chance(0.7)) keys[key] = value();
  };
  maybe('excerpt', () =>
    random.pick(['', randomText(random, 4), `${randomText(random, 2)}\n${randomText(random, 2)}`]),
  );
  maybe('category', () => categories(random, place.isHidden));
  maybe('type', () => random.pick(['article', 'Article', 'video']));
  maybe('publishedDateTime', () => randomDate(random));
  maybe('updatedAt', () => randomDate(random));
  maybe('lang', () => random.pick(['fr', 'FR', 'pt_br', 'zh-hans', 'no']));
  if (random.chance(0.3)) keys.permalink = sitePath(random, place);
  if (random.chance(0.3)) keys.aliases = [sitePath(random, place), sitePath(random, place)];
  if (random.chance(0.3)) keys.translationKey = random.pick(['k1', 'k2']);
  maybe('originalUrl', () => ownUrl(random, place.count));
  maybe('webUrl', () => `https://site.example/p/${place.index}`);
  maybe('quality', () => score(random));
  maybe('heat', () => random.pick([-1, 0, 1, 1, 50, 2_000_000_000]));
  maybe('provider', () => provider(random, place.isHidden));
  maybe('topics', () => topics(random, place.isHidden));
  maybe('images', () => images(random, 3));
  maybe('related', () => Array.from({ length: random.int(0, 5) }, () => link(random, place)));
  if (random.chance(0.1))
    keys.secured = `${Buffer.alloc(16).toString('base64')};${Buffer.alloc(16).toString('base64')}`;
  if (place.isHidden) keys.published = false;
  const further = Object.entries(more?.(random.fork(), place) ?? {});
  const all = [
    ...Object.entries(keys).filter(([key]) => further.every(([other]) => other !== key)),
    ...further,
  ];
  const head = all.map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}\n`);
  return `---\n${head.join('')}---\n${body}`;
}

export function randomDate(random: Random): string {
  if (random.chance(0.6)) return random.pick(DATES);
  return new Date(Date.UTC(2024, random.int(0, 3), random.int(1, 28), random.int(0, 23))).toISOString();
}

function score(random: Random): number {
  return random.pick([0, 1, 50, 50, 50, 99, 100, random.int(0, 100)]);
}

/** An address of one of the articles, spelt in one of the ways that are the same page. */
export function ownUrl(random: Random, count: number): string {
  const path = `site.example/p/${random.int(0, count + 10)}`;
  return random.pick([`https://${path}`, `http://www.${path}/`, `https://${path}?utm_source=x#part`]);
}

/** A path that several articles may have, in one of its spellings. */
export function sitePath(random: Random, { count }: Pick<Place, 'count'>): string {
  return `/old/${random.int(0, Math.ceil(count / 4))}${random.pick(['', '/', '//'])}`;
}

function provider(random: Random, isHidden: boolean): unknown {
  const name = random.pick(isHidden && random.chance(0.5) ? HIDDEN_NAMES : NAMES);
  const domain = isHidden && random.chance(0.2) ? 'backstage.example' : random.pick(DOMAINS);
  if (domain === null) return random.pick([name, { name }]);
  return random.chance(0.2) ? { domain } : { name, domain };
}

function topics(random: Random, isHidden: boolean): string[] {
  const names = random.some(NAMES, 0, 5);
  return isHidden ? [...names, random.pick(HIDDEN_NAMES)] : names;
}

function categories(random: Random, isHidden: boolean): unknown {
  const names = ['news', 'News', 'büro', 'BÜRO', ...(isHidden ? HIDDEN_NAMES : [])];
  return random.pick([
    random.pick(names),
    random.some(names, 1, 3),
    [random.some(names, 1, 2), random.some(names, 0, 2)],
  ]);
}

function images(random: Random, most: number): unknown[] {
  const size = () => random.pick([undefined, 1, 640, 640, 1200]);
  return Array.from({ length: random.int(0, most) }, () => ({
    url: `https://img.example/${random.int(1, 30)}${random.pick(['.jpg', '.PNG', '.jpg?size=Große'])}`,
    width: size(),
    height: size(),
    isCached: random.pick([undefined, true, false]),
  }));
}

function link(random: Random, { count, isHidden }: Place): unknown {
  const keys: Record<string, unknown> = {
    webUrl: random.chance(0.6)
      ? ownUrl(random, count)
      : random.pick([`https://elsewhere.example/${random.int(1, 9)}`, sitePath(random, { count })]),
  };
  const maybe = (key: string, value: () => unknown) => {
    if (random.chance(0.5)) keys[key] = value();
  };
  maybe('title', () => randomText(random, 3));
  maybe('excerpt', () => randomText(random, 5));
  maybe('type', () => random.pick(['article', 'video']));
  maybe('publishedDateTime', () => randomDate(random));
  maybe('quality', () => score(random));
  maybe('provider', () => provider(random, isHidden));
  maybe('images', () => images(random, 2));
  return keys;
}
