import type { OrderTerm } from './order-rows.ts';
import type { Kind } from './world.ts';

// A text that stands for a cursor until an answer has given one: kind, order, and where in the list (0 to 1).
const PLACEHOLDER = /@@(\w+)\|([A-Z0-9_ ,]*)\|([\d.e-]+)@@/g;

/** Stands for the cursor of a row of a list of this kind in this order. */
export function cursorPlaceholder(kind: Kind, order: readonly OrderTerm[], at: number): string {
  return `@@${kind}|${order.map(({ field, direction }) => `${field} ${direction}`).join(',')}|${at}@@`;
}

/** Gives the cursors of a whole list in its order. */
export type ListCursors = (kind: Kind, order: string) => Promise<readonly string[]>;

/** Replaces every placeholder in a text by a cursor out of an answer. */
export async function fillCursors(text: string, list: ListCursors): Promise<string> {
  const found = new Map<string, string>();
  for (const [placeholder, kind, order, at] of text.matchAll(PLACEHOLDER)) {
    const cursors = await list(kind as Kind, order ?? '');
    found.set(placeholder, cursors[Math.floor(Number(at) * cursors.length)] ?? '');
  }
  return text.replaceAll(PLACEHOLDER, (placeholder) => found.get(placeholder) ?? '');
}

/** `orderBy` of a placeholder's order, as a document writes it. */
export function orderLiteral(order: string): string {
  const terms = order.split(',').filter((term) => term !== '');
  return `[${terms.map((term) => `{field: ${term.split(' ')[0]}, direction: ${term.split(' ')[1]}}`).join(', ')}]`;
}

/** The terms of a placeholder's order. */
export function readOrder(order: string): OrderTerm[] {
  const terms = order.split(',').filter((term) => term !== '');
  return terms.map((term) => {
    const [field = '', direction] = term.split(' ');
    return { field, direction: direction === 'DESC' ? 'DESC' : 'ASC' };
  });
}
