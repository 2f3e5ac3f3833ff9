import Database from 'libsql';
import { type TableMapping, tableOf } from '../../../src/engine/mapping/mapping.ts';
import { schema } from '../built-in-schema.ts';
import type { OrderTerm } from './order-rows.ts';
import type { Kind } from './world.ts';

/** A cursor as somebody makes it up who has seen some: the order's name, the values of its keys, the id. */
export function makeCursor(values: readonly unknown[]): string {
  return `1${Buffer.from(JSON.stringify(values)).toString('hex').toUpperCase()}`;
}

/** The keys that a public reader's cursors hold in an order, of every row of a database, hidden ones too. */
export function orderKeys(file: string, kind: Kind, asked: readonly OrderTerm[]): unknown[][] {
  const type = schema.getType(kind);
  const table = (type && tableOf(type)) as TableMapping;
  const terms = asked.length > 0 ? asked : table.defaultOrder;
  const columns = terms.map(({ field, direction }) => {
    const key = table.orders[field]?.public;
    return direction === 'DESC' ? key?.desc : key?.asc;
  });
  const name = [kind, ...terms.map(({ field, direction }) => `${field} ${direction}`)].join(',');
  const database = new Database(file);
  const rows = database
    .prepare(
      `SELECT json_array('${name}', ${[...columns, 'id'].join(', ')}) AS keys FROM "${kind}" ORDER BY ${columns.join(', ')}, id`,
    )
    .all() as { keys: string }[];
  database.close();
  return rows.map(({ keys }) => JSON.parse(keys));
}
