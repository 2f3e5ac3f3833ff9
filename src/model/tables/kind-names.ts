import type { SharedKind } from '../kinds/shared-kind.ts';

type Names = Pick<SharedKind, 'type' | 'one'>;

/** The table of the uses of a kind's things by articles. */
export function useTableName<T extends Names>({ type }: T): `Article${T['type']}` {
  return `Article${type}`;
}

/** The column of that table with the id of the thing. */
export function useKeyName<T extends Names>({ one }: T): `${T['one']}Id` {
  return `${one}Id`;
}
