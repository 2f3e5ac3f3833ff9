// Writes a made-up content folder: node --import tsx scripts/bench/corpus.ts --articles 10000 --seed 7 --out DIR
import { parseArgs } from 'node:util';
import { writeCorpus } from './corpus/generate-corpus.ts';

const { values } = parseArgs({
  options: {
    articles: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '7' },
    out: { type: 'string' },
    unpublished: { type: 'string', default: '0.05' },
    secured: { type: 'string', default: '0.03' },
    text: { type: 'string', default: '0.05' },
    broken: { type: 'string', default: '0' },
    giant: { type: 'string', default: '0' },
  },
});

if (!values.out) {
  console.error(
    'Say where to: --out DIR. Others: --articles --seed --unpublished --secured --text --broken --giant',
  );
  process.exit(2);
}

const started = performance.now();
const { files, bytes } = writeCorpus(values.out, {
  articles: Number(values.articles),
  seed: Number(values.seed),
  unpublishedShare: Number(values.unpublished),
  securedShare: Number(values.secured),
  plainTextShare: Number(values.text),
  brokenShare: Number(values.broken),
  giantProvider: Number(values.giant),
});
const average = Math.round(bytes / Math.max(files, 1));
console.log(
  `${files} files, ${(bytes / 1e6).toFixed(1)} MB, ${average} bytes each, ${Math.round(performance.now() - started)} ms`,
);
