import { readFileSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { findProjectFolder } from '../../src/project/find-config.js'
import { init } from '../../src/workflows/init.js'
import { folderOf } from '../support/folder.js'
import { runInProcess } from '../support/program.js'

test('a folder that cannot be made is a failure that says what was written before', async () => {
  const cwd = folderOf({ models: 'a file', 'package.json': '{}' })
  const run = await runInProcess(['init', '--json'], { cwd })
  expect(run.exit).toBe(1)
  expect(JSON.parse(run.stdout)).toMatchObject({
    error: {
      code: 'FILE_NOT_WRITTEN',
      state: 'Written before that: migrate-tui.config.js, migrations/.gitkeep.',
    },
  })
})

test('a link to nowhere is not written through', async () => {
  const cwd = folderOf({ 'package.json': '{}' })
  symlinkSync(path.join(cwd, 'elsewhere'), path.join(cwd, 'migrate-tui.config.js'))
  expect((await runInProcess(['init', '--template', 'javascript'], { cwd })).exit).not.toBe(70)
})

test.each([["db/it's mine"], ['/'], ['../beside']])(
  'the configuration names the folder that is made: %s',
  async (place) => {
    const cwd = folderOf({ 'project/package.json': '{}' })
    const root = path.join(cwd, 'project')
    // Absolute, where it begins with a slash.
    const directory = place === '/' ? path.join(cwd, 'far') : place
    const options = { template: 'javascript', directory }
    const io = { ask: null, event: () => undefined, warn: () => undefined }
    await init(findProjectFolder(root, null), options, {
      ...io,
      signal: new AbortController().signal,
    })
    const config = readFileSync(path.join(root, 'migrate-tui.config.js'), 'utf8')
    const [, named = ''] = /migrations: '((?:\\.|[^'\\])*)'/.exec(config) ?? []
    const folder = path.resolve(root, named.replaceAll(/\\(.)/g, '$1'))
    expect(folder).toBe(path.resolve(root, directory))
    expect(readFileSync(path.join(folder, '.gitkeep'), 'utf8')).toBe('')
  },
)

test('with a configuration that is kept, a folder that it does not name is said', async () => {
  const cwd = folderOf({ 'package.json': '{}', 'migrate-tui.config.js': 'module.exports = {}' })
  const run = await runInProcess(['init', '--directory', 'db/revisions'], { cwd })
  expect(run.stdout).toContain('so name db/revisions there.')
})
