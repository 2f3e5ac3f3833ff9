import type { PublicAndFullOrder } from '../../engine/mapping/mapping.ts';
import type { PothosBuilder } from '../pothos/pothos-builder.ts';

export type OrderRef = ReturnType<ReturnType<typeof createOrderInputs>['orderInput']>;

/** The maker of order inputs for one schema. */
export function createOrderInputs(pothos: PothosBuilder) {
  const direction = pothos.enumType('OrderDirection', {
    description: 'The direction of a sort.',
    values: {
      ASC: { description: 'Smallest, oldest or A first.' },
      DESC: { description: 'Greatest, newest or Z first.' },
    } as const,
  });
  return {
    /** `<Type>OrderBy` with `<Type>OrderField`, whose values are described by name. */
    orderInput(type: string, fields: Record<string, string>) {
      const values = Object.entries(fields).map(([name, description]) => [name, { description }]);
      const field = pothos.enumType(`${type}OrderField`, {
        description: `What a list of ${type} can be sorted by.`,
        values: Object.fromEntries(values),
      });
      return pothos.inputType(`${type}OrderBy`, {
        description: `A field of ${type} and a direction to sort by.`,
        fields: (t) => ({
          field: t.field({ type: field, required: true, description: 'What to sort by.' }),
          direction: t.field({
            type: direction,
            required: true,
            defaultValue: 'ASC',
            description: 'The direction.',
          }),
        }),
      });
    },
  };
}

/** An order by a column that is never null. */
export function orderKey(column: string, type: 'string' | 'int'): PublicAndFullOrder {
  const key = { asc: column, desc: column, type };
  return { public: key, full: key };
}

/** An order by a count that differs for readers who see hidden rows. */
export function countOrder(columns: { public: string; full: string }): PublicAndFullOrder {
  const key = (column: string) => ({ asc: column, desc: column, type: 'int' }) as const;
  return { public: key(columns.public), full: key(columns.full) };
}
