import { defineConfig } from 'vitest/config'

/** `FAST=1` leaves out what needs a database driver, a built command or another process. */
const fast = process.env['FAST'] === '1'

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: fast
      ? ['test/{revisions,operations,compare,present,schema,safety}/**/*.test.{ts,tsx}']
      : ['test/**/*.test.{ts,tsx}'],
    globalSetup: [new URL('../test/support/servers/global-setup.ts', import.meta.url).pathname],
    setupFiles: [new URL('../test/support/seed.ts', import.meta.url).pathname],
    reporters: ['default', new URL('./count-reporter.mjs', import.meta.url).pathname],
    testTimeout: 180_000,
    hookTimeout: 180_000,
    pool: 'forks',
    // Vitest would leave a core to itself, and half of the tests wait for processes of their own.
    maxWorkers: '100%',
  },
})
