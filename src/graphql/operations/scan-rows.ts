import type { RowsOf } from '../../engine/plan/charges.ts';
import { sharedKinds } from '../../model/kinds/shared-kinds.ts';
import { tableOfKey, tableOfKind } from '../../model/own-layout.ts';
import { isReferenceKey, isScalarKey, type OwnModel, termKinds } from '../../model/own-model.ts';
import type { GatewayContext } from '../context.ts';
import { orAbort } from '../or-abort.ts';

type Counts = Record<string, number>;

const maximum = (column: string, table: string) => `(SELECT coalesce(max(${column}), 0) FROM ${table})`;

/** The most rows that are reached from one row of each table, and all rows at the root: what an audience sees. */
function selectCounts(seesHidden: boolean, model: OwnModel): string {
  const articles = seesHidden ? 'articleCount' : 'publicArticleCount';
  const where = seesHidden ? '' : ' WHERE isPublic = 1';
  const all = (table: string, condition = where) => `(SELECT count(*) FROM "${table}"${condition})`;
  const links = `(SELECT count(*) AS n FROM RelatedLink${where || ' WHERE true'} AND articleId IS NOT NULL GROUP BY articleId)`;
  const kinds = [...sharedKinds.map(({ type }) => type), ...[...termKinds(model).keys()].map(tableOfKind)];
  const references = model.fields.filter(isReferenceKey).map((field) => {
    const target = seesHidden ? 'targetId' : 'publicTargetId';
    return `(SELECT coalesce(max(n), 0) FROM (SELECT count(*) AS n FROM "${tableOfKey(field)}"${where || ' WHERE true'} AND ${target} IS NOT NULL GROUP BY ${target}))`;
  });
  const most = (counts: readonly string[]) => (counts.length > 1 ? `max(${counts.join(', ')})` : counts[0]);
  const more = [
    ...kinds.flatMap((table) => [
      [`${table}.Article`, maximum(articles, `"${table}"${where}`)],
      [table, all(table)],
    ]),
    ...model.fields
      .filter((field) => !isScalarKey(field))
      .map((field) => [tableOfKey(field), all(tableOfKey(field))]),
  ].map(([name, count]) => `, '${name}', ${count}`);
  return `SELECT json_object(
    'Provider.Article', ${maximum(articles, `Provider${where}`)},
    'Article.Article', ${most([maximum('n', links), ...references])},
    'Article', ${all('Article', seesHidden ? '' : ' WHERE published = 1')},
    'Provider', ${all('Provider')},
    'RelatedLink', ${all('RelatedLink')}${more.join('')})`;
}

/** Reads how many rows scans go through, once for each version of the content and audience. */
export class ScanRows {
  readonly #model: OwnModel;
  readonly #known = new Map<boolean, { version: string; counts: Promise<Counts> }>();

  constructor(model: OwnModel) {
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
      const reading = reader.readText(selectCounts(scopes.preview, this.#model), [], { isBounded: true });
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
