import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { mergeMetrics } from '../../src/server/operations/cluster-metrics.ts';
import { createTestGateway } from '../support/gateway.ts';
import { readExposition } from './read-exposition.ts';

const main = fileURLToPath(new URL('./fixtures/cluster-main.ts', import.meta.url));

it('the metrics of one worker are those of all workers and the primary, as one valid text', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', main], {
    timeout: 30_000,
  });
  const samples = readExposition(stdout);
  expect(Object.fromEntries(samples)).toMatchObject({
    worker_total: 3,
    primary_total: 7,
    'gateway_syncs_total{result="changed"}': 1,
    gateway_sync_seconds_sum: 0.5,
    gateway_sync_seconds_count: 1,
    'gateway_content_problems{severity="error"}': 1,
    'gateway_sync_failures_total{code="DISK_FULL"}': 1,
    // A version is no sum.
    gateway_content_version: 3,
    gateway_cache_bytes: 20,
    'gateway_operation_seconds_count{operation="Name",outcome="ok"}': 2,
  });
});

it('the metrics of one process are a valid text', async () => {
  const { gateway } = createTestGateway();
  gateway.syncs.record({
    ms: 5,
    changed: true,
    refusal: null,
    problemCounts: { error: 0, warning: 0, notice: 0 },
  });
  await gateway.fetch(new Request('http://test/graphql?query=query%20A{hello}'));
  const response = await gateway.fetch(new Request('http://test/metrics'));
  expect(readExposition(await response.text()).get('gateway_cache_misses_total')).toBe(1);
});

describe('two texts', () => {
  const family = (name: string, value: number) =>
    `# HELP ${name} Help.\n# TYPE ${name} counter\n${name} ${value}\n`;

  it('become one in which each family stands once', () => {
    const merged = mergeMetrics(
      `${family('a_total', 1)}\n${family('b_total', 2)}`,
      `${family('b_total', 30)}\n${family('c_total', 40)}`,
    );
    expect(Object.fromEntries(readExposition(merged))).toEqual({ a_total: 1, b_total: 2, c_total: 40 });
  });

  it('put one after the other are no valid text', () => {
    const text = `${family('a_total', 1)}\n${family('a_total', 2)}`;
    expect(() => readExposition(text)).toThrow('described twice');
  });
});
