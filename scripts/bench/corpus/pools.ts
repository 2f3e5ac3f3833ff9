import { languages } from './languages.ts';
import { createRandom, createZipf, type Random } from './random.ts';
import { writePhrase } from './write-text.ts';

/** A publisher as the files may name it. */
export interface PoolProvider {
  /** The first is by far the most used. */
  names: readonly string[];
  domain: string | null;
}

/** What the articles of one corpus share: its publishers and its topics. */
export interface Pools {
  pickProvider(random: Random): PoolProvider;
  /** Different topics, each in one of its spellings. */
  pickTopics(random: Random, count: number): string[];
}

const providerCount = 200;
const topicCount = 500;

/** The publishers and topics of a corpus: about 200 and 500, used by Zipf's law. */
export function createPools(seed: number): Pools {
  const providers = Array.from({ length: providerCount }, (_, index) => makeProvider(seed, index));
  const topics = Array.from({ length: topicCount }, (_, index) => makeTopic(seed, index));
  const drawProvider = createZipf(providerCount);
  const drawTopic = createZipf(topicCount);
  return {
    pickProvider: (random) => providers[drawProvider(random)] ?? makeProvider(seed, 0),
    pickTopics(random, count) {
      const ranks = new Set<number>();
      for (let tries = 0; ranks.size < count && tries < count * 8; tries++) ranks.add(drawTopic(random));
      return Array.from(ranks, (rank) => spellTopic(random, topics[rank] ?? makeTopic(seed, rank)));
    },
  };
}

function makeProvider(seed: number, index: number): PoolProvider {
  const random = createRandom(seed, index, 101);
  const name = `${writePhrase(random, random.pick(languages), 1, 2)} ${index + 1}`;
  const domain = `${random.pick(['news', 'daily', 'review', 'journal', 'post'])}-${index + 1}.example`;
  // Every 25th publisher has no site of its own and is known by its name alone.
  if (index % 25 === 24) return { names: [name], domain: null };
  return { names: [name, name.toUpperCase()], domain };
}

function makeTopic(seed: number, index: number): string {
  const random = createRandom(seed, index, 102);
  return `${writePhrase(random, random.pick(languages), 1, 2)} ${index + 1}`;
}

function spellTopic(random: Random, topic: string): string {
  const spelling = random.int(0, 19);
  if (spelling === 0) return topic.toUpperCase();
  if (spelling === 1) return topic.toLowerCase();
  if (spelling === 2) return topic.replace(' ', '  ');
  if (spelling === 3) return topic.normalize('NFD');
  return topic;
}
