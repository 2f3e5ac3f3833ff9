import { expect, test } from 'vitest';
import { askManyDocuments } from './many-documents.ts';

test('20,000 documents, valid, invalid and unparsable, leave a heap of 256 MB flat', async () => {
  const heaps = await askManyDocuments(20_000);
  expect(heaps).toHaveLength(10);
  // Caches fill up to their bounds; from then on nothing grows.
  const [before, after] = [heaps.at(-4) ?? 0, heaps.at(-1) ?? 0];
  expect(after - before, heaps.join(', ')).toBeLessThan(15);
}, 240_000);
