import { foldSearch, foldText } from '../../text/keys/fold-text.ts';
import { foldDomain, foldDomainPart } from '../../text/keys/normalise-domain.ts';
import { AFTER_ALL_TIMES } from '../../text/order-keys.ts';
import type { FilterField } from '../mapping/mapping.ts';

type Scalar = Extract<FilterField, { kind: 'scalar' }>;

/** Brings an argument to the form of the column it is compared with. */
export type Fold = (text: string) => string;

/** How an argument is folded: a whole text has no white space at its ends, a part of one may. */
export function foldOf(fold: Scalar['fold'], operator: string): Fold {
  if (fold === 'none') return (text) => text;
  const isWhole = ['eq', 'ne', 'in', 'notIn'].includes(operator);
  if (fold === 'domain') return isWhole ? foldDomain : foldDomainPart;
  return isWhole ? foldText : foldSearch;
}

/** A value as the database stores it. */
export function storedForm(value: unknown, fold: Fold): unknown {
  if (value instanceof Date) return storedDate(value.toISOString());
  if (typeof value === 'boolean') return value ? 1 : 0;
  return typeof value === 'string' ? fold(value) : value;
}

// An offset can carry a moment out of the years that have four digits, whose texts alone sort by time.
function storedDate(iso: string): string {
  if (iso.startsWith('+')) return AFTER_ALL_TIMES;
  return iso.startsWith('-') ? '' : iso;
}
