import type { SharedKind } from './shared-kind.ts';

export const topic = {
  type: 'Topic',
  idPrefix: 't_',
  one: 'topic',
  many: 'topics',
  about: 'What articles are about.',
  counted: 'Topics.',
  field: 'What it is about, in the order of the file.',
  filter: 'Its topics meet this.',
  usual: 5,
  key: {
    name: 'topics',
    aliases: ['tags', 'tag', 'keywords'],
    hints: ['keyword', 'topic'],
    description: 'Tags, in order; a single text is one tag, or several with commas between.',
    most: 200,
    sign: '#',
  },
} as const satisfies SharedKind;
