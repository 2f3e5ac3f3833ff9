import type { SharedKind } from './shared-kind.ts';

export const category = {
  type: 'Category',
  idPrefix: 'c_',
  one: 'category',
  many: 'categories',
  about: 'A section in which articles stand.',
  words: ['section', 'sections'],
  counted: 'Sections.',
  field: 'Its sections, in the order of the file.',
  filter: 'Its sections meet this.',
  usual: 2,
  key: {
    name: 'category',
    aliases: ['section', 'categories'],
    description:
      'A section, such as `news`, or several in order; the first is the main one. Those of `category`, `section` and `categories` are all read.',
    most: 100,
    isMerged: true,
    isNested: true,
  },
} as const satisfies SharedKind;
