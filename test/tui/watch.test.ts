/** Files that are saved in another window, on a real file system. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { createWatch } from '../../src/tui/outside/watch.js'
import { until } from '../support/hosts.js'
import { folderOf } from '../support/folder.js'

interface Told {
  readonly what: string
  readonly paths: readonly string[]
}

interface Watched {
  readonly folder: string
  readonly told: readonly Told[]
  /** Begins to watch it. */
  readonly see: () => void
}

/** A folder of scripts, with what is told of it. */
async function watched(): Promise<Watched> {
  const folder = folderOf({ '1_a.js': 'a', '2_b.js': 'b' })
  await sleep(100)
  const told: Told[] = []
  const watch = createWatch((what, paths) => told.push({ what, paths }))
  onTestFinished(watch.close)
  const see = (): void => {
    watch.see({ config: [], migrations: [folder], models: [] })
  }
  return { folder, told, see }
}

test('what is saved while the files are still looked for is told, and what was there before is not', async () => {
  const { folder, told, see } = await watched()
  see()
  // Nothing watches before the next turn.
  writeFileSync(join(folder, '2_b.js'), 'changed')
  await until(() => told.length > 0)
  expect(told).toEqual([{ what: 'migrations', paths: [join(folder, '2_b.js')] }])
})

test('a file that comes after is told, in a folder that comes after too', async () => {
  const { folder, told, see } = await watched()
  see()
  await sleep(500)
  expect(told).toEqual([])
  writeFileSync(join(folder, '3_c.js'), 'c')
  await until(() => told.length === 1)
  expect(told[0]?.paths).toEqual([join(folder, '3_c.js')])
  mkdirSync(join(folder, 'more'))
  writeFileSync(join(folder, 'more/4_d.js'), 'd')
  await until(() => told.flatMap(({ paths }) => paths).includes(join(folder, 'more/4_d.js')))
})
