import { defineConfig } from 'vitest/config';
import config from './vitest.config.ts';

/** The long tests: all random operations, all crashes, all sequences. */
export default defineConfig({
  ...config,
  test: {
    ...config.test,
    include: ['test/**/*.deep.test.ts'],
    exclude: ['node_modules/**'],
    testTimeout: 3_600_000,
    maxWorkers: 1,
  },
});
