import {
  type GraphQLField,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isLeafType,
  isObjectType,
} from 'graphql';
import type { Random } from './random.ts';
import { ArgumentMaker, favour, type Pools } from './random-arguments.ts';
import { FieldWriter } from './random-fields.ts';
import { isAnswered } from './reference-schema.ts';

/** An operation and two sets of variables for it. Cursors in both are placeholders still. */
export interface RandomOperation {
  text: string;
  variables: [Record<string, unknown>, Record<string, unknown>];
}

type Composite = GraphQLObjectType | GraphQLInterfaceType;

/** The names one object of the response has so far, with what each stands for. */
class Names {
  readonly #taken = new Map<string, { is: string; inner: Names }>();

  get(name: string) {
    return this.#taken.get(name);
  }

  take(name: string, is: string): Names {
    const inner = this.#taken.get(name)?.inner ?? new Names();
    this.#taken.set(name, { is, inner });
    return inner;
  }

  /** Takes all names of a fragment; false, and takes none, when one of them stands for something else here. */
  takeAll(fragment: Names): boolean {
    const entries = [...fragment.#taken];
    if (entries.some(([name, { is }]) => (this.get(name)?.is ?? is) !== is)) return false;
    for (const [name, { is }] of entries) this.take(name, is);
    return true;
  }
}

/** Where a selection is being written. */
interface Spot {
  names: Names;
  /** How many more levels of rows may follow. */
  depth: number;
  /** How many rows the selection may have. */
  rows: number;
  /** Written deep and narrow. */
  isDeep: boolean;
  /** Every name that could clash elsewhere is made unique: the selection is a fragment's. */
  isShared: boolean;
  /** How many fragments stand around it. */
  fragments: number;
}

interface Fragment {
  name: string;
  type: string;
  text: string;
  spot: Spot;
}

// Names that belong to other fields: an alias may be any of them.
const ODD_ALIASES = [
  'node',
  'edges',
  'id',
  'title',
  'data',
  'json',
  'totalCount',
  'n',
  'o0',
  't1',
  'A',
  '_',
  'published',
];
const MOST_ROWS = 600;

/** Writes one random operation on the schema, all of GraphQL's syntax in it now and then. */
export function randomOperation(
  random: Random,
  schema: GraphQLSchema,
  pools: Pools,
  isKnown: typeof isAnswered = isAnswered,
): RandomOperation {
  const writer = new OperationWriter(random, schema, pools, isKnown);
  return writer.write();
}

class OperationWriter {
  readonly #random: Random;
  readonly #schema: GraphQLSchema;
  readonly #favoured: ReadonlySet<string>;
  readonly #isKnown: typeof isAnswered;
  readonly #fields: FieldWriter;
  readonly #fragments: Fragment[] = [];
  #names = 0;

  constructor(random: Random, schema: GraphQLSchema, pools: Pools, isKnown: typeof isAnswered) {
    this.#isKnown = isKnown;
    this.#favoured = pools.favoured;
    this.#random = random;
    this.#schema = schema;
    this.#fields = new FieldWriter(random, new ArgumentMaker(random, pools));
  }

  write(): RandomOperation {
    const isDeep = this.#random.chance(0.2);
    const depth = isDeep ? this.#random.int(5, 11) : this.#random.int(1, 4);
    const spot: Spot = { names: new Names(), depth, rows: 1, isDeep, isShared: false, fragments: 0 };
    const body = this.#selection(this.#schema.getQueryType() as GraphQLObjectType, spot);
    const fragments = this.#usedFragments(body).map(
      ({ name, type, text }) => `\nfragment ${name} on ${type} ${text}`,
    );
    const selections = body + fragments.join('');
    const declared = this.#fields.variables
      .filter(({ name }) => new RegExp(`\\$${name}\\b`).test(selections))
      .map(
        ({ name, type, defaultValue }) =>
          `$${name}: ${type}${defaultValue === null ? '' : ` = ${defaultValue}`}`,
      );
    const head = `query Q${declared.length > 0 ? `(${declared.join(', ')})` : ''} `;
    return {
      text: head + selections,
      variables: [this.#fields.values, this.#fields.remakeValues()],
    };
  }

  /** A fragment that fitted nowhere is not written. */
  #usedFragments(body: string): Fragment[] {
    const used = new Set<Fragment>();
    const visit = (text: string) => {
      for (const [, name] of text.matchAll(/\.\.\.(F\d+)/g)) {
        const fragment = this.#fragments.find((candidate) => candidate.name === name);
        if (!fragment || used.has(fragment)) continue;
        used.add(fragment);
        visit(fragment.text);
      }
    };
    visit(body);
    return [...used];
  }

  #selection(type: Composite, spot: Spot): string {
    const random = this.#random;
    const isFrame = /(?:Connection|Edge|Info)$/.test(type.name);
    const count = isFrame ? random.int(1, 2) : spot.isDeep ? random.int(1, 2) : random.pick([1, 2, 2, 3, 4]);
    const parts = Array.from({ length: count }, () => this.#part(type, spot));
    return `{ ${parts.join(' ')} }`;
  }

  #part(type: Composite, spot: Spot): string {
    const random = this.#random;
    const roll = random.float();
    if (roll < 0.08) return this.#typename(spot);
    if (spot.fragments > 3) return this.#field(type, spot);
    if (roll < 0.18 || (isInterfaceType(type) && roll < 0.75)) return this.#inlineFragment(type, spot);
    if (roll < 0.28) return this.#spread(type, spot);
    return this.#field(type, spot);
  }

  #typename({ names }: Spot): string {
    const alias = this.#random.chance(0.3) ? this.#unique() : '__typename';
    names.take(alias, '__typename');
    return alias === '__typename' ? alias : `${alias}: __typename`;
  }

  #directive(): string {
    return this.#random.chance(0.12) ? this.#fields.directive() : '';
  }

  #inlineFragment(type: Composite, spot: Spot): string {
    const target = this.#narrow(type);
    const condition = target === type && this.#random.chance(0.4) ? '' : ` on ${target.name}`;
    return `...${condition}${this.#directive()} ${this.#selection(target, inside(spot))}`;
  }

  /** A type that rows of `type` may be of: itself, an object type of an interface, or an interface of an object type. */
  #narrow(type: Composite): Composite {
    if (isInterfaceType(type)) return this.#random.pick([type, ...this.#schema.getPossibleTypes(type)]);
    return this.#random.pick<Composite>([type, type, ...type.getInterfaces()]);
  }

  #spread(type: Composite, spot: Spot): string {
    const fits = this.#fragments.filter((fragment) => {
      return (
        fragment.type === type.name && fragment.spot.depth <= spot.depth && fragment.spot.rows >= spot.rows
      );
    });
    const fragment =
      fits.length > 0 && this.#random.chance(0.6) ? this.#random.pick(fits) : this.#newFragment(type, spot);
    if (!spot.names.takeAll(fragment.spot.names)) return this.#typename(spot);
    return `...${fragment.name}${this.#directive()}`;
  }

  #newFragment(type: Composite, spot: Spot): Fragment {
    const target = this.#narrow(type);
    const shared = { ...inside(spot), names: new Names(), isShared: true };
    const text = this.#selection(target, shared);
    // Its own fragments are finished before it, so that none spreads itself.
    const fragment = { name: `F${this.#fragments.length + 1}`, type: target.name, text, spot: shared };
    this.#fragments.push(fragment);
    return fragment;
  }

  #field(type: Composite, spot: Spot): string {
    const field = this.#chooseField(type, spot);
    const inner = getNamedType(field.type);
    if (isLeafType(inner)) return this.#leaf(field, spot);
    const isList = /^\[/.test(String(field.type)) || inner.name.endsWith('Connection');
    const frame = /(?:Connection|Edge)$/.test(type.name);
    const { text, rows } = this.#fields.write(field, spot.isDeep || spot.rows > 40);
    const written = `${field.name}${text}`;
    const is = `${written} ${field.type}`;
    const alias = this.#alias(field.name, is, false, spot);
    const names = spot.names.take(alias, is);
    const deeper: Spot = {
      ...spot,
      names,
      depth: frame ? spot.depth : spot.depth - 1,
      rows: isList && !frame ? spot.rows * rows : spot.rows,
      isShared: false,
      fragments: 0,
    };
    const named = alias === field.name ? written : `${alias}: ${written}`;
    return `${named}${this.#directive()} ${this.#selection(inner as Composite, deeper)}`;
  }

  #chooseField(type: Composite, spot: Spot): GraphQLField<unknown, unknown> {
    const random = this.#random;
    const fields = Object.values(type.getFields()).filter(
      ({ name }) => isInterfaceType(type) || this.#isKnown(type.name, name),
    );
    const leaves = fields.filter((field) => isLeafType(getNamedType(field.type)));
    const rows = fields.filter((field) => !leaves.includes(field));
    const frame = /(?:Connection|Edge)$/.test(type.name);
    const mayDescend = frame || (spot.depth > 0 && spot.rows < MOST_ROWS);
    const pick = (from: typeof fields) =>
      random.pick(favour(random, from, ({ name }) => this.#favoured.has(name)));
    if (leaves.length === 0) return pick(rows);
    if (rows.length === 0 || !mayDescend) return pick(leaves);
    return pick(random.chance(spot.isDeep ? 0.85 : 0.55) ? rows : leaves);
  }

  #leaf(field: GraphQLField<unknown, unknown>, spot: Spot): string {
    const { text } = this.#fields.write(field, false);
    const is = `${field.name}${text} ${field.type}`;
    const alias = this.#alias(field.name, is, true, spot);
    spot.names.take(alias, is);
    return `${alias === field.name ? '' : `${alias}: `}${field.name}${text}${this.#directive()}`;
  }

  /** The field's own name, one already given to the same field, or an alias. */
  #alias(name: string, is: string, isLeaf: boolean, { names, isShared }: Spot): string {
    // A fragment may be spread where anything has the other names already.
    if (isShared && !(isLeaf && this.#random.chance(0.3))) return this.#unique();
    const wanted = isShared
      ? name
      : this.#random.pick([name, name, name, this.#unique(), this.#random.pick(ODD_ALIASES)]);
    const taken = names.get(wanted);
    if (!taken || taken.is === is) return wanted;
    return this.#unique();
  }

  #unique(): string {
    this.#names += 1;
    return `x${this.#names}`;
  }
}

function inside(spot: Spot): Spot {
  return { ...spot, fragments: spot.fragments + 1 };
}

/** The object types whose fields the schema answers, for tests that look at each. */
export function objectTypes(schema: GraphQLSchema): GraphQLObjectType[] {
  return Object.values(schema.getTypeMap()).filter(
    (type): type is GraphQLObjectType => isObjectType(type) && !type.name.startsWith('__'),
  );
}
