import { type SharedList, sharedKinds } from '../kinds/shared-kinds.ts';

/** What is counted in each version of the content. */
export type Counted = 'articles' | 'providers' | SharedList | 'images' | 'relatedLinks';

/** The name of the count that leaves out what only readers with the preview scope may see. */
export type PublicCount<C extends Counted = Counted> = `public${Capitalize<C>}`;

/** In the order of the columns of ContentVersion. */
export const countedThings: readonly Counted[] = [
  ...(['articles', 'providers'] as const),
  ...sharedKinds.map(({ many }) => many),
  ...(['images', 'relatedLinks'] as const),
];

export function publicCountOf<C extends Counted>(counted: C): PublicCount<C> {
  return `public${counted.slice(0, 1).toUpperCase()}${counted.slice(1)}` as PublicCount<C>;
}

/** The columns of ContentVersion for them: each count, and beside it that of everybody. */
export const countColumns: readonly (Counted | PublicCount)[] = countedThings.flatMap((counted) => [
  counted,
  publicCountOf(counted),
]);

/** A count of each. */
export function countsBy(count: (counted: Counted) => number): Record<Counted, number> {
  return Object.fromEntries(countedThings.map((counted) => [counted, count(counted)])) as Record<
    Counted,
    number
  >;
}
