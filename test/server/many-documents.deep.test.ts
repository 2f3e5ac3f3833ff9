import { expect, test } from 'vitest';
import { askManyDocuments } from './many-documents.ts';

test('200,000 documents, valid, invalid and unparsable, leave a heap of 256 MB flat', async () => {
  const heaps = await askManyDocuments(200_000);
  // The answers' cache is full after some 100,000.
  const [before, after] = [heaps.at(5) ?? 0, heaps.at(-1) ?? 0];
  expect(after - before, heaps.join(', ')).toBeLessThan(10);
});
