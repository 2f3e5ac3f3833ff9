import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Dependencies load graphql's CommonJS build; two builds of it in one process would not know each other's types.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/**/*.deep.test.ts'],
    testTimeout: 60_000,
    // What a test waits for comes at its own pace on a busy machine; the default second is a clock's bound.
    expect: { poll: { timeout: 30_000 } },
    hookTimeout: 60_000,
    // Databases, servers and child processes: more workers than cores only makes them wait for each other.
    maxWorkers: 2,
  },
});
