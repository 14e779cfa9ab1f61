/** Runs the property of random schema pairs on 10,000 pairs, or as many as are asked for, 500 of a seed. */
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const vitest = path.join(root, 'node_modules/vitest/vitest.mjs')
const config = path.join(root, '.config/vitest.config.ts')
const file = 'test/property/schema-pairs.test.ts'
const asked = Number(process.argv[2] ?? 10_000)
const failed = []

for (let done = 0; done < asked; done += 500) {
  const count = Math.min(500, asked - done)
  const seed = Math.floor(Math.random() * 2 ** 31)
  const { status } = spawnSync(process.execPath, [vitest, 'run', '--config', config, file], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, PAIRS: String(count), SEED: String(seed) },
  })
  if (status !== 0) failed.push(seed)
}

console.log(
  failed.length === 0
    ? `${asked} pairs passed.`
    : `Seeds with a pair that failed: ${failed.join(', ')}. SEED=… and the path that was printed as PAIR=… tell it again.`,
)
process.exitCode = failed.length === 0 ? 0 : 1
