import type { Dialect } from '../../engine/dialect/dialect.ts';
import type { RowsOf } from '../../engine/plan/charges.ts';
import { sharedKinds } from '../../model/kinds/shared-kinds.ts';
import { tableOfKey, tableOfKind } from '../../model/own-layout.ts';
import { isReferenceKey, isScalarKey, type OwnModel, termKinds } from '../../model/own-model.ts';
import type { GatewayContext } from '../context.ts';
import { orAbort } from '../or-abort.ts';

type Counts = Record<string, number>;

const maximum = (column: string, from: string) => `(SELECT coalesce(max("${column}"), 0) FROM ${from})`;

/** The most rows that are reached from one row of each table, and all rows at the root: what an audience sees. */
function selectCounts(dialect: Dialect, seesHidden: boolean, model: OwnModel): string {
  const articles = seesHidden ? 'articleCount' : 'publicArticleCount';
  const seen = (visible: string) => (seesHidden ? [] : [`"${visible}" = 1`]);
  const rows = (table: string, ...conditions: string[]) =>
    `"${table}"${conditions.length > 0 ? ` WHERE ${conditions.join(' AND ')}` : ''}`;
  const all = (table: string, visible = 'isPublic') =>
    `(SELECT count(*) FROM ${rows(table, ...seen(visible))})`;
  const most = (table: string) => maximum(articles, rows(table, ...seen('isPublic')));
  const mostLinks = (table: string, target: string) => {
    const from = rows(table, ...seen('isPublic'), `"${target}" IS NOT NULL`);
    return maximum('n', `(SELECT count(*) AS "n" FROM ${from} GROUP BY "${target}") AS g`);
  };
  const links = [
    mostLinks('RelatedLink', 'articleId'),
    ...model.fields
      .filter(isReferenceKey)
      .map((field) => mostLinks(tableOfKey(field), seesHidden ? 'targetId' : 'publicTargetId')),
  ];
  const shared = sharedKinds.map(({ type }) => type);
  const kinds = ['Provider', ...shared, ...[...termKinds(model).keys()].map(tableOfKind)];
  const keys = model.fields.filter((field) => !isScalarKey(field)).map(tableOfKey);
  const counts: [name: string, count: string][] = [
    ...kinds.map((table): [string, string] => [`${table}.Article`, most(table)]),
    ['Article.Article', dialect.greatest(links)],
    ['Article', all('Article', 'published')],
    ...[...kinds, 'RelatedLink', ...keys].map((table): [string, string] => [table, all(table)]),
  ];
  return `SELECT ${dialect.object(counts.map(([name, count]) => [name, dialect.column(count, 'plain')]))} AS data`;
}

/** Reads how many rows scans go through, once for each version of the content and audience. */
export class ScanRows {
  readonly #dialect: Dialect;
  readonly #model: OwnModel;
  readonly #known = new Map<boolean, { version: string; counts: Promise<Counts> }>();

  constructor(dialect: Dialect, model: OwnModel) {
    this.#dialect = dialect;
    this.#model = model;
  }

  /** @throws the signal's reason, or what reading from the database throws */
  async read({ reader, versions, scopes, signal }: GatewayContext): Promise<RowsOf> {
    const { current } = versions;
    const version = current ? `${current.number} ${current.digest}` : '';
    let known = this.#known.get(scopes.preview);
    if (known?.version !== version) {
      // Not ended with the operation: others wait for it, too. It walks indexes once a version, and is not to wait behind
      // what may last.
      const reading = reader.readText(selectCounts(this.#dialect, scopes.preview, this.#model), [], {
        isBounded: true,
      });
      const counts = reading.then((text): Counts => JSON.parse(text ?? '{}'));
      const begun = { version, counts };
      known = begun;
      this.#known.set(scopes.preview, begun);
      counts.catch(() => {
        if (this.#known.get(scopes.preview) === begun) this.#known.delete(scopes.preview);
      });
    }
    const counts = await orAbort(known.counts, signal);
    return ({ table, parent }) =>
      (parent === null ? undefined : counts[`${parent}.${table}`]) ??
      counts[table] ??
      Number.POSITIVE_INFINITY;
  }
}
