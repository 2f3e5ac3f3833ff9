import {
  type GraphQLInputObjectType,
  type GraphQLInputType,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
} from 'graphql';
import type { ArgumentTree } from './argument-tree.ts';
import type { OrderTerm } from './order-rows.ts';
import { ownNames, ownTexts } from './own-texts.ts';
import type { Random } from './random.ts';
import { FLOATS, INTS } from './random-own-values.ts';
import type { ArticleRow, Kind, World } from './world.ts';

/** Values that occur in a world, from which arguments are made. */
export interface Pools {
  ids: string[];
  idsByKind: ReadonlyMap<Kind, string[]>;
  moments: string[];
  urls: string[];
  /** Names of fields, filters and orders that the owner's keys add: without favour few would be among the many. */
  favoured: ReadonlySet<string>;
  /** Texts by the field that has them. */
  texts: ReadonlyMap<string, string[]>;
}

export function collectPools(world: World): Pools {
  const rows = [...world.byId.values()];
  const kinds = [...new Set(rows.map(({ kind }) => kind))];
  const own = ownTexts(world);
  const from = (read: (row: ArticleRow) => (string | null | undefined)[]) =>
    world.articles.flatMap(read).filter((text): text is string => typeof text === 'string');
  const links = (row: ArticleRow) => row.related.map(({ record }) => record);
  return {
    ids: rows.map(({ id }) => id),
    idsByKind: new Map(
      kinds.map((kind) => [kind, rows.filter((row) => row.kind === kind).map(({ id }) => id)]),
    ),
    moments: [...from((row) => [row.record.publishedAt, row.record.updatedAt]), ...own.moments],
    favoured: ownNames(world.model),
    urls: from(({ record }) => [record.webUrl, record.originalUrl]),
    texts: new Map(
      Object.entries({
        ...Object.fromEntries(own.texts),
        title: from((row) => [row.record.title, ...links(row).map(({ title }) => title)]),
        excerpt: from((row) => [row.record.excerpt, ...links(row).map(({ excerpt }) => excerpt)]),
        category: from((row) => [row.record.category]),
        type: from((row) => [row.record.type]),
        locale: from((row) => [row.record.locale]),
        path: from(({ record }) => [record.path, ...record.aliases]),
        url: from((row) => row.images.map(({ record }) => record.url)),
        domain: from((row) => [row.provider?.domain]),
        slug: [
          ...from((row) => [row.record.slug]),
          ...world.topics.map(({ slug }) => slug),
          ...world.categories.map(({ slug }) => slug),
          ...world.things.map(({ slug }) => slug),
        ],
        name: [
          ...from(({ record }) => [record.provider?.name]),
          ...from(({ record }) => [...record.topics, ...record.categories].map(({ name }) => name)),
          ...own.names,
        ],
      }),
    ),
  };
}

/** Makes random argument values of any input type, mostly such as occur in the world. */
export class ArgumentMaker {
  readonly #random: Random;
  readonly #pools: Pools;

  constructor(random: Random, pools: Pools) {
    this.#random = random;
    this.#pools = pools;
  }

  /** `field` is the name of the input field or argument that the value is for, `depth` how much deeper filters may go. */
  make(type: GraphQLInputType, field: string, depth: number): ArgumentTree {
    const bare = getNullableType(type);
    const remake = () => this.make(type, field, depth);
    if (isListType(bare)) {
      const count = this.#random.pick([0, 0, 1, 1, 1, 2, 2, 2, 3]);
      const items = Array.from({ length: count }, () => this.make(bare.ofType, field, depth));
      return { kind: 'list', type, items, remake };
    }
    if (isInputObjectType(bare))
      return { kind: 'object', type, fields: this.#fields(bare, field, depth), remake };
    return { kind: 'leaf', type, value: this.#leaf(bare, field), remake };
  }

  #fields(type: GraphQLInputObjectType, field: string, depth: number): [string, ArgumentTree][] {
    const all = Object.values(type.getFields());
    // A filter on values has operators, which go no deeper.
    const isScalarFilter = isOfValues(type);
    const usable = all.filter(
      (input) => isScalarFilter || depth > 1 || goesNoDeeper(getNullableType(input.type)),
    );
    const chosen = this.#random.some(
      favour(this.#random, usable, ({ name }) => this.#pools.favoured.has(name)),
      this.#random.chance(0.05) ? 0 : 1,
      isScalarFilter ? 2 : this.#random.pick([1, 2, 3]),
    );
    return chosen.map((input) => [
      input.name,
      this.make(input.type, isScalarFilter ? field : input.name, depth - (isScalarFilter ? 0 : 1)),
    ]);
  }

  #leaf(type: GraphQLInputType, field: string): unknown {
    const random = this.#random;
    if (isEnumType(type)) return random.pick(type.getValues()).name;
    switch (String(type)) {
      case 'Boolean':
        return random.chance(0.5);
      case 'Int':
        return field === 'count'
          ? random.int(0, 4)
          : random.pick([0, 1, 50, 50, 99, 640, 2_000_000_000, -1, random.int(0, 100), ...INTS]);
      case 'Float':
        return random.pick(FLOATS);
      case 'DateTime':
        return this.#moment();
      case 'URL':
        return this.#url();
      case 'ID':
        return this.id(null);
      default:
        return this.text(field);
    }
  }

  /** An id of a kind or of any; now and then of nothing. */
  id(kind: Kind | null): string {
    const random = this.#random;
    if (random.chance(0.1)) return random.pick(['a_0000000000000000', 'p_x', 'nothing', '', 'a_', '時計']);
    const ofKind = kind && random.chance(0.9) ? this.#pools.idsByKind.get(kind) : undefined;
    return random.pick(ofKind ?? this.#pools.ids);
  }

  /** A text of the field, whole or a part, in another case now and then. */
  text(field: string): string {
    const random = this.#random;
    const pool = this.#pools.texts.get(field) ?? this.#pools.texts.get('title') ?? [];
    const whole =
      pool.length === 0 || random.chance(0.03) ? random.pick(['', ' ', 'ZZZ', '😀']) : random.pick(pool);
    const characters = [...whole];
    const [from, to] = [random.int(0, characters.length), random.int(0, characters.length)];
    const part = random.pick([
      whole,
      whole,
      characters.slice(from, from + 2).join(''),
      characters.slice(0, to).join(''),
      characters.slice(from).join(''),
    ]);
    return random.pick([part, part, part.toUpperCase(), part.toLowerCase(), part.normalize('NFD')]);
  }

  #moment(): string {
    const random = this.#random;
    const moment =
      this.#pools.moments.length > 0 ? random.pick(this.#pools.moments) : '2024-01-01T00:00:00.000Z';
    // The first and last day would leave the four-digit years in another zone.
    if (random.chance(0.6) || /^(?:0001|9999)/.test(moment)) return moment;
    const shifted = new Date(Date.parse(moment) + 2 * 3_600_000).toISOString();
    return random.pick([shifted, shifted.replace('Z', '+02:00')]);
  }

  #url(): string {
    const random = this.#random;
    const url = this.#pools.urls.length > 0 ? random.pick(this.#pools.urls) : 'https://none.example/';
    return random.pick([
      url,
      url.replace('https://', 'http://www.'),
      `${url}/?utm_medium=y#z`,
      'https://none.example/x',
    ]);
  }

  /** Between none and three terms over the fields that an order input names. */
  orderTerms(fields: readonly string[]): OrderTerm[] {
    const random = this.#random;
    return random
      .some(
        favour(random, fields, (name) => this.#pools.favoured.has(name)),
        0,
        this.#random.pick([1, 1, 2, 3]),
      )
      .map((field) => ({ field, direction: this.#random.pick(['ASC', 'DESC']) }));
  }
}

/** All items, or those alone that are favoured. */
export function favour<T>(
  random: Random,
  items: readonly T[],
  isFavoured: (item: T) => boolean,
): readonly T[] {
  const favoured = items.filter(isFavoured);
  return favoured.length > 0 && random.chance(0.5) ? favoured : items;
}

function goesNoDeeper(type: GraphQLInputType): boolean {
  return isInputObjectType(type) && isOfValues(type);
}

/** An object of the owner's may have a field `eq`, too. */
function isOfValues(type: GraphQLInputObjectType): boolean {
  return Object.values(type.getFields()).every((input) => isLeafType(getNamedType(input.type)));
}
