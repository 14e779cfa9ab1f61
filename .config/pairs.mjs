/**
 * Runs the property of random schema pairs on 10,000 pairs, or as many as are asked for, 500 of a seed.
 *   npm run pairs [-- [sqlite|postgres|mariadb] [count]]
 */
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const TESTS = {
  sqlite: 'test/property/schema-pairs.test.ts',
  postgres: 'test/dialects/postgres/pairs.test.ts',
  mariadb: 'test/dialects/mariadb/pairs.test.ts',
}

const root = fileURLToPath(new URL('..', import.meta.url))
const vitest = path.join(root, 'node_modules/vitest/vitest.mjs')
const config = path.join(root, '.config/vitest.config.ts')
const given = process.argv.slice(2)
const engine = given[0] in TESTS ? given.shift() : 'sqlite'
const asked = Number(given[0] ?? 10_000)
const failed = []

for (let done = 0; done < asked; done += 500) {
  const count = Math.min(500, asked - done)
  const seed = Math.floor(Math.random() * 2 ** 31)
  const { status } = spawnSync(
    process.execPath,
    [vitest, 'run', '--config', config, TESTS[engine]],
    {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, PAIRS: String(count), SEED: String(seed) },
    },
  )
  if (status !== 0) failed.push(seed)
}

console.log(
  failed.length === 0
    ? `${asked} pairs passed on ${engine}.`
    : `Seeds with a pair that failed: ${failed.join(', ')}. SEED=… and the path that was printed as PAIR=… tell it again.`,
)
process.exitCode = failed.length === 0 ? 0 : 1
