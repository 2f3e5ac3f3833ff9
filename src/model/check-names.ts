import type { Mistakes } from './model-mistake.ts';
import { isObjectKey, isReferenceKey, isScalarKey, isTermKey, type OwnField } from './own-model.ts';
import { enumTypeName, objectTypeName, orderName, reverseName, rootFieldNames } from './own-names.ts';
import type { Entry } from './read-mapping.ts';
import { ARTICLE_FIELDS, ARTICLE_ORDERS, ROOT_FIELDS, TYPE_ENDINGS, TYPE_NAMES } from './reserved-names.ts';

/** Notes every name that the API would have twice. Case does not tell names apart, as it does not in every database. */
export function checkNames(fields: readonly { entry: Entry; field: OwnField }[], mistakes: Mistakes): void {
  const articleFields = new Names(ARTICLE_FIELDS, 'a field of articles', mistakes);
  const orders = new Names(ARTICLE_ORDERS, 'a field that articles are sorted by', mistakes);
  const types = new TypeNames(mistakes);
  const roots = new Names(ROOT_FIELDS, 'a field of Query', mistakes);
  const kinds = new Set<string>();
  for (const { entry, field } of fields) {
    articleFields.claim(field.name, entry);
    if (isScalarKey(field)) {
      if (field.isOrder) orders.claim(orderName(field.name), entry);
      if (field.kind === 'enum') types.claim(enumTypeName(field), entry);
    }
    if (isReferenceKey(field)) articleFields.claim(reverseName(field.name), entry);
    if (isObjectKey(field)) {
      const owner = objectTypeName(field);
      types.claim(owner, entry);
      checkParts(field.fields, owner, types, entry, mistakes);
    }
    if (isTermKey(field) && !kinds.has(field.of)) {
      kinds.add(field.of);
      const { one, many } = rootFieldNames(field.of);
      types.claim(field.of, entry, OTHER_TYPE);
      roots.claim(one, entry, OTHER_TYPE);
      roots.claim(many, entry, OTHER_TYPE);
    }
  }
}

function checkParts(
  parts: Extract<OwnField, { kind: 'object' | 'list' }>['fields'],
  owner: string,
  types: TypeNames,
  entry: Entry,
  mistakes: Mistakes,
): void {
  const names = new Names(new Set(['and', 'or', 'not']), 'a field of the object', mistakes);
  for (const part of parts) {
    names.claim(part.name, entry);
    if (part.kind === 'enum') types.claim(enumTypeName(part, owner), entry);
  }
}

const OTHER_KEY = 'Give the key another name, and the one of the files as `from`.';
const OTHER_TYPE = 'Give `of` another name.';

/** Names of one kind, each once. */
class Names {
  readonly #taken = new Map<string, string>();
  readonly #reserved: ReadonlySet<string>;
  readonly #what: string;
  readonly #mistakes: Mistakes;

  constructor(reserved: ReadonlySet<string>, what: string, mistakes: Mistakes) {
    this.#reserved = reserved;
    this.#what = what;
    this.#mistakes = mistakes;
  }

  /** Whether the name was free. */
  claim(name: string, { key, name: field }: Entry, mend = OTHER_KEY): boolean {
    const plain = name.toLowerCase();
    const isReserved =
      this.#reserved.has(plain) ||
      this.#reserved.has(name) ||
      name.startsWith('__') ||
      (this.#what === 'a type' && TYPE_ENDINGS.test(name));
    const other = this.#taken.get(plain);
    if (isReserved) {
      this.#mistakes.add(key, `\`${name}\` is ${this.#what} already. ${mend}`);
    } else if (other !== undefined) {
      this.#mistakes.add(
        key,
        `\`${name}\` would be ${this.#what} twice, for \`${other}\` and \`${field}\`. ${mend}`,
      );
    } else this.#taken.set(plain, field);
    return !isReserved && other === undefined;
  }
}

/** Names of types, of each of which `<Type>Filter` and `<Type>ListFilter` may be made. */
class TypeNames {
  readonly #types: Names;
  readonly #filters: Names;

  constructor(mistakes: Mistakes) {
    this.#types = new Names(TYPE_NAMES, 'a type', mistakes);
    const filters = [...TYPE_NAMES].flatMap(filtersOf).map((name) => name.toLowerCase());
    this.#filters = new Names(new Set(filters), 'a filter', mistakes);
  }

  claim(name: string, entry: Entry, mend?: string): void {
    // One is said to be twice once.
    if (!this.#types.claim(name, entry, mend)) return;
    for (const filter of filtersOf(name)) this.#filters.claim(filter, entry, mend);
  }
}

function filtersOf(type: string): string[] {
  return [`${type}Filter`, `${type}ListFilter`];
}
