import type { HiddenReasonRef } from '../pothos/hidden-reason.ts';
import type { PothosBuilder } from '../pothos/pothos-builder.ts';

/** The inputs for conditions on single values, by the kind of value. */
export function addValueFilters(pothos: PothosBuilder, hiddenReason: HiddenReasonRef) {
  const stringFilter = pothos.inputType('StringFilter', {
    description:
      'Conditions on a text, all of which must hold. Upper and lower case are one, in every script.',
    fields: (t) => ({
      eq: t.string({ description: 'Is this.' }),
      ne: t.string({ description: 'Is not this, or is missing.' }),
      in: t.stringList({ description: 'Is one of these.' }),
      notIn: t.stringList({ description: 'Is none of these, or is missing.' }),
      contains: t.string({ description: 'Has this somewhere in it.' }),
      startsWith: t.string({ description: 'Begins with this.' }),
      endsWith: t.string({ description: 'Ends with this.' }),
      isNull: t.boolean({ description: 'Is missing (true) or present (false).' }),
    }),
  });

  const intFilter = pothos.inputType('IntFilter', {
    description:
      'Conditions on a number, all of which must hold. A missing number is never equal, less or greater.',
    fields: (t) => ({
      eq: t.int({ description: 'Is this.' }),
      ne: t.int({ description: 'Is not this, or is missing.' }),
      in: t.intList({ description: 'Is one of these.' }),
      notIn: t.intList({ description: 'Is none of these, or is missing.' }),
      lt: t.int({ description: 'Is less.' }),
      lte: t.int({ description: 'Is less or equal.' }),
      gt: t.int({ description: 'Is greater.' }),
      gte: t.int({ description: 'Is greater or equal.' }),
      isNull: t.boolean({ description: 'Is missing (true) or present (false).' }),
    }),
  });

  const dateTimeFilter = pothos.inputType('DateTimeFilter', {
    description:
      'Conditions on a moment, all of which must hold. A missing moment is never equal, before or after.',
    fields: (t) => ({
      eq: t.field({ type: 'DateTime', description: 'Is this.' }),
      ne: t.field({ type: 'DateTime', description: 'Is not this, or is missing.' }),
      in: t.field({ type: ['DateTime'], description: 'Is one of these.' }),
      notIn: t.field({ type: ['DateTime'], description: 'Is none of these, or is missing.' }),
      lt: t.field({ type: 'DateTime', description: 'Is before.' }),
      lte: t.field({ type: 'DateTime', description: 'Is this or before.' }),
      gt: t.field({ type: 'DateTime', description: 'Is after.' }),
      gte: t.field({ type: 'DateTime', description: 'Is this or after.' }),
      isNull: t.boolean({ description: 'Is missing (true) or present (false).' }),
    }),
  });

  const booleanFilter = pothos.inputType('BooleanFilter', {
    description: 'Conditions on a boolean.',
    fields: (t) => ({
      eq: t.boolean({ description: 'Is this.' }),
      ne: t.boolean({ description: 'Is not this, or is missing.' }),
      isNull: t.boolean({ description: 'Is missing (true) or present (false).' }),
    }),
  });

  const hiddenReasonFilter = pothos.inputType('HiddenReasonFilter', {
    description: 'Conditions on the reasons for which an article is hidden, all of which must hold.',
    fields: (t) => ({
      has: t.field({ type: hiddenReason, description: 'This is one of them.' }),
      isEmpty: t.boolean({ description: 'There are none (true) or some (false).' }),
    }),
  });

  return {
    string: stringFilter,
    number: intFilter,
    date: dateTimeFilter,
    boolean: booleanFilter,
    reasons: hiddenReasonFilter,
  };
}
