import type { ArticleHead } from './article-head.ts';

/** One way in which a file cannot be loaded. */
interface Breakage {
  name: string;
  encoding?: 'latin1';
  spoil(whole: string): string;
}

const breakages: readonly Breakage[] = [
  { name: 'unclosed-quote', spoil: (whole) => whole.replace('---\n', '---\nnote: "never closed\n') },
  { name: 'unclosed-list', spoil: (whole) => whole.replace('---\n', '---\nnote: [one, two\n') },
  { name: 'tab-indent', spoil: (whole) => whole.replace('---\n', '---\nnote:\n\tdeep: 1\n') },
  { name: 'unclosed-block', spoil: (whole) => `${whole.split('\n---\n')[0]}\n` },
  {
    name: 'not-a-map',
    spoil: (whole) => whole.replace(/^---\n[\s\S]*?\n---\n/u, '---\n- one\n- two\n---\n'),
  },
  { name: 'code', spoil: (whole) => whole.replace('---\n', '---js\n') },
  { name: 'nul-byte', spoil: (whole) => `${whole}\0\n` },
  {
    name: 'not-utf-8',
    encoding: 'latin1',
    spoil: () => '---\ntitle: Caf\u00e9\n---\n\nEin gro\u00dfer Fehler.\n',
  },
];

/** The file's text, spoilt in one of several ways; the index decides which. */
export function breakFile(head: ArticleHead, whole: string): { text: string; encoding: 'utf8' | 'latin1' } {
  const breakage = breakages[head.index % breakages.length] as Breakage;
  return { text: breakage.spoil(whole), encoding: breakage.encoding ?? 'utf8' };
}
