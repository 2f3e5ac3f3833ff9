import type { ContentFolder, FrontMatter } from './content-folder.ts';

/** Mulberry32: the same numbers from 0 to 1 for the same seed. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const topics = ['news', 'News', 'NEWS', 'sea', 'Sea', '海', 'c++', 'straße', 'STRASSE'];
const providers = [
  { name: 'Post', domain: 'post.example' },
  { name: 'The Post', domain: 'post.example' },
  { name: 'Nameless' },
  { name: 'nameless' },
  { name: 'Wire', domain: 'www.wire.example' },
];
const slugs = ['same', 'twin', 'third', 'a', 'deep/b'];
const sitePaths = ['/same/', '/deep/a', '/b', '/old/%C3%A9', '/old/é/'];
const bad = ['---\ntitle: [\n---\n', '---\ntitle: never closed\n', '\0', '---js\n({})\n---\n'];

/** A folder's files as a test changes them at random: few names and keys, so that everything meets everything. */
export interface RandomEdits {
  /** Makes some changes: additions, edits, removals, renames, hides, files that turn bad or good again. */
  change(): void;
  /** The files that were good once and are bad now: what is served for them is not in the folder. */
  readonly turnedBad: ReadonlySet<string>;
}

export function createRandomEdits(
  folder: ContentFolder,
  seed: number,
  options: { bad: boolean; more?: () => FrontMatter },
): RandomEdits {
  const random = createRandom(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const some = <T>(list: readonly T[], most: number) =>
    Array.from({ length: Math.floor(random() * (most + 1)) }, () => pick(list));
  const files = new Map<string, FrontMatter | null>();
  const turnedBad = new Set<string>();
  const path = () =>
    `${pick(['', 'deep/', 'deep/er/'])}${pick(['a', 'b', 'c', 'd', 'e', 'Z', 'é', 'index'])}${pick(['', '', '.fr'])}.${pick(['md', 'txt'])}`;
  const url = () =>
    `https://${pick(['', 'www.'])}site.example/${pick(['1', '2', '3', '4'])}${pick(['', '/', '#x'])}`;

  function front(): FrontMatter {
    const keys: FrontMatter = { title: `T${Math.floor(random() * 5)}` };
    if (random() < 0.5) keys.topics = some(topics, 4);
    if (random() < 0.5) keys.provider = pick(providers);
    if (random() < 0.3) keys.published = random() < 0.5;
    if (random() < 0.3) keys.slug = pick(slugs);
    if (random() < 0.2) keys.lang = pick(['fr', 'de']);
    if (random() < 0.2) keys.date = pick(['2020-01-01', '2999-01-01']);
    if (random() < 0.2) keys.permalink = pick(sitePaths);
    if (random() < 0.2) keys.aliases = some(sitePaths, 2);
    if (random() < 0.4) keys.webUrl = url();
    if (random() < 0.2) keys.originalUrl = url();
    if (random() < 0.3)
      keys.images = some(
        [{ url: 'https://i.example/1.png' }, { url: 'https://i.example/2.png', width: 5 }],
        3,
      );
    if (random() < 0.3) keys.quality = Math.floor(random() * 101);
    if (random() < 0.1) keys.titel = 'misspelt';
    if (random() < 0.5)
      keys.related = some([0, 1, 2], 3).map(() => ({
        title: 'R',
        webUrl: random() < 0.5 ? url() : pick(sitePaths),
        provider: pick(providers),
        images: ['https://i.example/r.png'],
      }));
    return { ...keys, ...options.more?.() };
  }

  function put(name: string): void {
    const keys = front();
    files.set(name, keys);
    folder.write(name, keys, `${'x'.repeat(Math.floor(random() * 20))}\n`);
  }

  const actions = [
    () => put(path()),
    () => put(path()),
    () => (files.size > 0 ? put(pick([...files.keys()])) : put(path())),
    () => {
      if (files.size === 0) return;
      const name = pick([...files.keys()]);
      files.delete(name);
      folder.remove(name);
    },
    () => {
      if (files.size === 0) return;
      const [from, to] = [pick([...files.keys()]), path()];
      if (from === to || files.has(to)) return;
      files.set(to, files.get(from) ?? null);
      files.delete(from);
      folder.rename(from, to);
    },
    () => {
      const [name, keys] = pick([...files]) ?? [];
      if (!name || !keys) return;
      const hidden = { ...keys, published: keys.published === false };
      files.set(name, hidden);
      folder.write(name, hidden);
    },
    () => {
      if (!options.bad) return;
      const name = random() < 0.5 && files.size > 0 ? pick([...files.keys()]) : path();
      files.set(name, null);
      folder.writeText(name, pick(bad));
    },
  ];
  return {
    turnedBad,
    change() {
      const wasGood = new Set([...files].flatMap(([name, keys]) => (keys ? name : [])));
      for (let count = 1 + Math.floor(random() * 8); count > 0; count--) pick(actions)();
      // What came and went in between, no sync has seen.
      for (const name of wasGood) if (files.get(name) === null) turnedBad.add(name);
      for (const name of turnedBad) if (files.get(name) !== null) turnedBad.delete(name);
    },
  };
}
