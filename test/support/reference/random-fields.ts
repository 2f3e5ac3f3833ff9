import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  GraphQLInt,
  GraphQLString,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import { type ArgumentTree, toLiteral, toValue, type VariableUse } from './argument-tree.ts';
import { cursorPlaceholder } from './cursor-placeholders.ts';
import type { OrderTerm } from './order-rows.ts';
import type { Random } from './random.ts';
import type { ArgumentMaker } from './random-arguments.ts';
import type { Kind } from './world.ts';

/** A variable of an operation, and a way to give it another value. */
export interface Variable {
  name: string;
  type: string;
  /** A literal, or null. */
  defaultValue: string | null;
}

/** A field's arguments as text, and how many rows it may give for each row of its parent. */
export interface FieldArguments {
  text: string;
  rows: number;
}

type Values = Record<string, unknown>;

/** Writes random arguments of fields, some of them by variables. */
export class FieldWriter {
  readonly variables: Variable[] = [];
  /** The first values of the variables. */
  readonly values: Values = {};
  readonly #remakers: (() => Values)[] = [];
  readonly #random: Random;
  readonly #maker: ArgumentMaker;

  constructor(random: Random, maker: ArgumentMaker) {
    this.#random = random;
    this.#maker = maker;
  }

  /** Other values for the same variables. */
  remakeValues(): Values {
    return Object.assign({}, ...this.#remakers.map((remake) => remake()));
  }

  /** Random arguments of any field; `small` keeps pages short. */
  write(field: GraphQLField<unknown, unknown>, small: boolean): FieldArguments {
    if (field.args.length === 0) return { text: '', rows: 1 };
    if (field.args.some(({ name }) => name === 'orderBy')) return this.#connection(field, small);
    if (field.args.some(({ name }) => name === 'ids')) return this.#ids(field);
    const only = field.args[0] as GraphQLArgument;
    if (only.name === 'first') return this.#list(only, small);
    if (only.name === 'length') return this.#length(only);
    return { text: `(${this.#finder(field)})`, rows: 1 };
  }

  /** `@include` or `@skip`, now and then by a variable. */
  directive(): string {
    const random = this.#random;
    const name = random.pick(['include', 'skip']);
    const flag = () => random.chance(name === 'include' ? 0.8 : 0.2);
    if (random.chance(0.3)) return ` @${name}(if: ${flag()})`;
    const variable = this.#declare('Boolean!', flag, random.chance(0.3) ? String(flag()) : null);
    return ` @${name}(if: $${variable})`;
  }

  #declare(type: string, make: () => unknown, defaultValue: string | null = null): string {
    const name = `v${this.variables.length + 1}`;
    this.variables.push({ name, type, defaultValue });
    const give = (): Values => (defaultValue !== null && this.#random.chance(0.4) ? {} : { [name]: make() });
    Object.assign(this.values, give());
    this.#remakers.push(give);
    return name;
  }

  /** A value as text, of which any part may become a variable. */
  #value(tree: ArgumentTree, probability: number): string {
    return toLiteral(this.#hoist(tree, probability));
  }

  #hoist(tree: ArgumentTree, probability: number): ArgumentTree | VariableUse {
    if (this.#random.chance(probability)) {
      const make = () => toValue(tree.remake());
      const type = isNonNullType(tree.type) || this.#random.chance(0.5) ? bang(tree.type) : String(tree.type);
      const defaultValue = this.#random.chance(0.15) ? toLiteral(tree.remake()) : null;
      return { kind: 'variable', name: this.#declare(type, make, defaultValue) };
    }
    const inner = probability / 2;
    if (tree.kind === 'list')
      return { ...tree, items: tree.items.map((item) => this.#hoist(item, inner)) } as ArgumentTree;
    if (tree.kind !== 'object') return tree;
    return {
      ...tree,
      fields: tree.fields.map(([name, value]) => [name, this.#hoist(value as ArgumentTree, inner)]),
    };
  }

  #list(first: GraphQLArgument, small: boolean): FieldArguments {
    if (this.#random.chance(0.5)) return { text: '', rows: 3 };
    return { text: `(first: ${this.#size(first.type, small)})`, rows: 3 };
  }

  /** A page size as a literal, or as a variable that may be left out or null. */
  #size(type: GraphQLInputType, small: boolean): string {
    const random = this.#random;
    const size = () => (small ? random.int(0, 2) : random.pick([0, 1, 2, 3, 3, 5, 8, 100]));
    if (random.chance(0.7)) return String(size());
    const nullable = !small && random.chance(0.3);
    const make = nullable ? () => random.pick([null, size(), size()]) : size;
    return `$${this.#declare(String(type), make, nullable && random.chance(0.5) ? String(size()) : null)}`;
  }

  #length({ type }: GraphQLArgument): FieldArguments {
    const make = () => this.#random.pick([1, 2, 5, 9, 200, null]);
    const literal = this.#random.chance(0.5);
    return { text: `(length: ${literal ? make() : `$${this.#declare(String(type), make)}`})`, rows: 1 };
  }

  #finder(field: GraphQLField<unknown, unknown>): string {
    const random = this.#random;
    const kind = getNamedType(field.type).name as Kind | 'Node';
    const makerOf =
      ({ name, type }: GraphQLArgument) =>
      () => {
        if (name === 'id') return this.#maker.id(kind === 'Node' ? null : kind);
        return toValue(this.#maker.make(getNullableType(type), name, 0));
      };
    const keys = field.args.filter(({ name }) => name !== 'locale');
    const beside =
      keys.length < field.args.length && random.chance(0.3)
        ? `, locale: "${random.pick(['fr', 'pt_BR', 'nl'])}"`
        : '';
    const [argument, other] = random.some(keys, 2, 2) as [GraphQLArgument, GraphQLArgument?];
    if (random.chance(0.5)) return `${argument.name}: ${JSON.stringify(makerOf(argument)())}${beside}`;
    if (!other)
      return `${argument.name}: $${this.#declare(String(argument.type), makerOf(argument))}${beside}`;
    // Which of two variables has a value may change from one execution to the next.
    const [one, two] = [this.#name(argument.type), this.#name(other.type)];
    const give = () =>
      random.chance(0.5)
        ? { [one]: makerOf(argument)(), ...(random.chance(0.5) && { [two]: null }) }
        : { [two]: makerOf(other)(), ...(random.chance(0.5) && { [one]: null }) };
    this.#together(give);
    return `${argument.name}: $${one}, ${other.name}: $${two}${beside}`;
  }

  #ids(field: GraphQLField<unknown, unknown>): FieldArguments {
    const random = this.#random;
    const make = () => Array.from({ length: random.int(0, 8) }, () => this.#maker.id(null));
    const type = String(field.args[0]?.type);
    const text = random.chance(0.5) ? JSON.stringify(make()) : `$${this.#declare(type, make)}`;
    return { text: `(ids: ${text})`, rows: 8 };
  }

  #name(type: GraphQLInputType): string {
    const name = `v${this.variables.length + 1}`;
    this.variables.push({ name, type: String(type), defaultValue: null });
    return name;
  }

  #together(give: () => Values): void {
    Object.assign(this.values, give());
    this.#remakers.push(give);
  }

  #connection(field: GraphQLField<unknown, unknown>, small: boolean): FieldArguments {
    const random = this.#random;
    const parts: string[] = [];
    const typeOf = (name: string) =>
      (field.args.find((argument) => argument.name === name) as GraphQLArgument).type;
    const way = small
      ? random.pick(['first', 'first', 'last'])
      : random.pick(['', 'first', 'first', 'first', 'last', 'either']);
    if (way === 'either') parts.push(this.#eitherEnd());
    else if (way) parts.push(`${way}: ${this.#size(typeOf(way), small)}`);
    parts.push(...this.#order(field, typeOf('orderBy')));
    if (random.chance(0.3)) {
      parts.push(
        `filter: ${this.#value(this.#maker.make(typeOf('filter'), 'filter', random.pick([1, 2, 2, 3, 4])), 0.25)}`,
      );
    }
    const text = random.some(parts, parts.length, parts.length).join(', ');
    return { text: text ? `(${text})` : '', rows: small ? 2 : way === '' ? 20 : 6 };
  }

  /** `first` and `last` by variables of which one has a value. */
  #eitherEnd(): string {
    const [first, last] = [this.#name(GraphQLInt), this.#name(GraphQLInt)];
    this.#together(() => ({ [this.#random.pick([first, last])]: this.#random.int(0, 5) }));
    return `first: $${first}, last: $${last}`;
  }

  /** `orderBy`, `after` and `before`: a cursor is of the order in the same execution. */
  #order(field: GraphQLField<unknown, unknown>, type: GraphQLInputType): string[] {
    const random = this.#random;
    const kind = getNamedType(field.type).name.replace('Connection', '') as Kind;
    const make = () => this.#maker.orderTerms(fieldsOf(type));
    const hasOrder = random.chance(0.5);
    const fixed = hasOrder ? make() : [];
    const variableOrder = hasOrder && random.chance(0.3) ? this.#name(type) : null;
    const cursors = (['after', 'before'] as const).filter((name) =>
      random.chance(name === 'after' ? 0.25 : 0.12),
    );
    const given = cursors.map((name) => ({
      name,
      variable: variableOrder !== null || random.chance(0.5) ? this.#name(GraphQLString) : null,
    }));
    this.#together(() => {
      const order = variableOrder === null ? fixed : make();
      const values: Values =
        variableOrder === null
          ? {}
          : { [variableOrder]: random.chance(0.1) && order.length === 0 ? null : order };
      for (const { variable } of given) {
        // Left out or null it is no cursor at all, which is another statement.
        const cursor = random.pick([undefined, null, '', '', '', '']);
        if (variable)
          values[variable] = cursor === '' ? cursorPlaceholder(kind, order, random.float()) : cursor;
      }
      return values;
    });
    const parts = given.map(({ name, variable }) => {
      return `${name}: ${variable ? `$${variable}` : JSON.stringify(cursorPlaceholder(kind, fixed, random.float()))}`;
    });
    if (!hasOrder) return parts;
    return [...parts, `orderBy: ${variableOrder ? `$${variableOrder}` : this.#orderText(fixed)}`];
  }

  #orderText(order: readonly OrderTerm[]): string {
    const terms = order.map(({ field, direction }) => {
      const silent = direction === 'ASC' && this.#random.chance(0.5);
      return silent ? `{field: ${field}}` : `{direction: ${direction}, field: ${field}}`;
    });
    return terms.length === 1 && this.#random.chance(0.3) ? String(terms[0]) : `[${terms.join(', ')}]`;
  }
}

function bang(type: GraphQLInputType): string {
  return isNonNullType(type) ? String(type) : `${type}!`;
}

/** The values of the enum `field` of an order input. */
function fieldsOf(type: GraphQLInputType): string[] {
  const list = getNullableType(type);
  const term = isListType(list) ? getNamedType(list) : null;
  const field = isInputObjectType(term) ? getNamedType(term.getFields().field?.type) : null;
  return isEnumType(field) ? field.getValues().map(({ name }) => name) : [];
}
