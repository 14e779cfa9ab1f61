import { spawnSync } from 'node:child_process'
import type { SpawnSyncReturns } from 'node:child_process'
import { closeSync, readdirSync, readlinkSync } from 'node:fs'
import path from 'node:path'
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import {
  openSharedFile,
  readAnswer,
  readLine,
  writeAnswer,
  writeLine,
} from '../../src/shared-file.js'
import { folderOf } from '../support/folder.js'
import { modelProject } from '../support/models.js'
import type { Files } from '../support/models.js'

function sharedFile(): number {
  const file = openSharedFile()
  onTestFinished(() => {
    closeSync(file)
  })
  return file
}

/** `count` models whose answer takes more than 1 kB each. */
function models(count: number): Files {
  const columns = Array.from({ length: 20 }, (_, at) => `table.string('column_${at}', 100)`)
  const body = (at: number): string => `module.exports = class Model${at} extends Model {
    static tableName = 'größe_${at}'
    static defineTable(table) { table.increments('id'); ${columns.join(';')} }
  }`
  return Object.fromEntries(
    Array.from({ length: count }, (_, at) => [
      `src/models/model-${at}.js`,
      `const { Model } = require('objection')\n${body(at)}`,
    ]),
  )
}

afterEach(() => {
  vi.unstubAllEnvs()
})

describe('the file between the parent and the child', () => {
  test('tells the last line, however long the ones before it were', () => {
    const file = sharedFile()
    expect(readLine(file)).toBe('')
    writeLine(file, '{"file":"src/models/a-long-name.js"}')
    writeLine(file, '{"file":"ü"}')
    expect(readLine(file)).toBe('{"file":"ü"}')
  })

  test('gives the answer back as it was written, beside the line', () => {
    const file = sharedFile()
    const text = 'größer als ein 🐘 '.repeat(20_000)
    const bytes = writeAnswer(file, text)
    writeLine(file, 'still working')
    expect(readAnswer(file, bytes)).toBe(text)
    expect(readLine(file)).toBe('still working')
  })

  test('is in no folder, and is closed when the models are read', async () => {
    const project = modelProject({ 'package.json': '{}', ...models(3) })
    const folder = folderOf({})
    vi.stubEnv('TMPDIR', folder)
    sharedFile()
    expect(readdirSync(folder)).toEqual([])
    const { tables } = await project.load()
    expect(tables).toHaveLength(3)
    expect(openIn(folder)).toHaveLength(1)
  })

  test('is elsewhere where the folder for temporary files takes none', async () => {
    const project = modelProject({ 'package.json': '{}', ...models(3) })
    vi.stubEnv('TMPDIR', '/nowhere')
    const { tables, failures } = await project.load()
    expect(failures).toEqual([])
    expect(tables.map(({ table }) => table.name).toSorted()).toEqual([
      'größe_0',
      'größe_1',
      'größe_2',
    ])
  })

  test('that cannot be made is told of, with what to do', () => {
    const { folder } = modelProject({ ...PROJECT, ...models(1) })
    const limited = runLimited(folder, 0)
    expect(limited.status, limited.stderr).toBe(1)
    expect(limited.stderr).toMatch(/^error {2}The models could not be read\.\n/)
    expect(limited.stderr).toContain('set TMPDIR to a folder that can be written')
  })

  test('may have no room for the answer, which is then sent', () => {
    const { folder } = modelProject({ ...PROJECT, ...models(100) })
    // Enough for what the child is doing, and too little for what it says at last.
    const limited = runLimited(folder, 90, '--json')
    expect(limited.status, limited.stderr).toBe(3)
    const { changes } = JSON.parse(limited.stdout) as { changes: readonly unknown[] }
    expect(changes).toHaveLength(100)
  })
})

const PROJECT: Files = {
  'package.json': '{}',
  'migrate-tui.config.cjs': `module.exports = { models: ['./src/models'] }`,
  'knexfile.js': `module.exports = { client: 'better-sqlite3', connection: { filename: './dev.sqlite3' } }`,
}

/** `check` where no file may become larger than so many KiB. */
function runLimited(folder: string, most: number, ...options: string[]): SpawnSyncReturns<string> {
  const words = [process.execPath, path.resolve('bin/migrate-tui.js'), 'check', ...options]
  const script = `ulimit -f ${most}; exec "$0" "$@"`
  return spawnSync('bash', ['-c', script, ...words], { cwd: folder, encoding: 'utf8' })
}

/** Files of this process that were in that folder. */
function openIn(folder: string): readonly string[] {
  return readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      const target = readlinkSync(`/proc/self/fd/${fd}`)
      return target.startsWith(folder) ? [target] : []
    } catch {
      // It was the listing's own.
      return []
    }
  })
}
