import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { writeScript } from '../../src/scripts/writing/write.js'
import { folderOf } from '../support/folder.js'

test('a script is in its folder, which is made', () => {
  const folder = join(folderOf({}), 'migrations')
  const path = writeScript(folder, '1_users.js', 'exports.up = 1\n')
  expect(readFileSync(path, 'utf8')).toBe('exports.up = 1\n')
  expect(readdirSync(folder)).toEqual(['1_users.js'])
})

test('a file of that name stays as it is', () => {
  const folder = folderOf({ '1_users.js': 'mine' })
  expect(() => writeScript(folder, '1_users.js', 'theirs')).toThrow(
    expect.objectContaining({ code: 'SCRIPT_EXISTS' }) as Error,
  )
  expect(readFileSync(join(folder, '1_users.js'), 'utf8')).toBe('mine')
})

// A limit on the size of files fails a write as a full disk does: after the file is there.
test('a write that fails half-way leaves no file that would be a revision', () => {
  const folder = folderOf({})
  const module = join(import.meta.dirname, '../../src/scripts/writing/write.ts')
  const program = `process.on('SIGXFSZ', () => {})
    const { writeScript } = await import(${JSON.stringify(module)})
    try { writeScript(${JSON.stringify(folder)}, '1_users.js', 'x'.repeat(100_000)) }
    catch (error) { console.log(error.code) ; console.log(error.fix) }`
  const run = spawnSync(
    'bash',
    ['-c', 'ulimit -f 8; exec "$@"', 'bash', process.execPath, '--import', 'tsx', '-e', program],
    { encoding: 'utf8' },
  )
  expect(run.stdout).toContain('SCRIPT_NOT_WRITTEN')
  expect(run.stdout).toContain('Make room')
  expect(readdirSync(folder)).toEqual([])
})
