import { category } from './category.ts';
import type { SharedKind } from './shared-kind.ts';
import { topic } from './topic.ts';

/** The built-in kinds of things that articles share by name, in the order of everything that is made of them. */
export const sharedKinds = [topic, category] as const satisfies readonly SharedKind[];

/** The names of their lists: `topics`. */
export type SharedList = (typeof sharedKinds)[number]['many'];
