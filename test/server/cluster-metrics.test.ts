import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const main = fileURLToPath(new URL('./fixtures/cluster-main.ts', import.meta.url));

it('the metrics of one worker are those of all workers and the primary', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', main], {
    timeout: 30_000,
  });
  expect(stdout).toContain('worker_total 3');
  expect(stdout).toContain('primary_total 7');
});
