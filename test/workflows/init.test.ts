import { readdirSync, readFileSync, symlinkSync } from 'node:fs'
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
    const project = () => Promise.reject(new Error('There is no configuration to load.'))
    await init({ folder: findProjectFolder(root, null), project }, options, {
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

const KNEX = `{ knex: { client: 'better-sqlite3', connection: { filename: './dev.sqlite3' } } }`

const CONFIG = `module.exports = {
  knex: { client: 'better-sqlite3', connection: { filename: './dev.sqlite3' } },
  models: './src/entities',
  migrations: './db/revisions',
}
`

test('with a configuration that is kept, a folder that it does not name is said', async () => {
  const cwd = folderOf({ 'package.json': '{}', 'migrate-tui.config.js': CONFIG })
  const run = await runInProcess(['init', '--directory', 'db/revisions'], { cwd })
  expect(run.stdout).toContain('so name db/revisions there.')
})

test('beside a configuration only the folders that it names are made', async () => {
  const cwd = folderOf({ 'package.json': '{}', 'migrate-tui.config.js': CONFIG })
  const run = await runInProcess(['init', '--json'], { cwd })
  expect(JSON.parse(run.stdout)).toMatchObject({
    written: ['db/revisions/.gitkeep'],
    notes: ['migrate-tui.config.js is there already and is used as it is.'],
  })
  const again = await runInProcess(['init', '--json'], { cwd })
  expect(JSON.parse(again.stdout)).toMatchObject({ written: [] })
  expect(readdirSync(cwd).toSorted()).toEqual(['db', 'migrate-tui.config.js', 'package.json'])
})

test('a configuration that does not load is said, and of several databases none is chosen', async () => {
  const cwd = folderOf({ 'package.json': '{}', 'migrate-tui.config.js': 'nonsense(' })
  expect((await runInProcess(['init'], { cwd })).exit).toBe(2)
  const both = `module.exports = { databases: { a: ${KNEX}, b: ${KNEX} } }`
  const files = { 'package.json': '{}', 'migrate-tui.config.js': both }
  const run = await runInProcess(['init'], { cwd: folderOf(files) })
  expect([run.exit, run.stdout]).toEqual([
    0,
    expect.stringContaining('--database a or --database b'),
  ])
  const chosen = await runInProcess(['init', '--database', 'b', '--json'], { cwd: folderOf(files) })
  expect(JSON.parse(chosen.stdout)).toMatchObject({
    written: ['migrations/b/.gitkeep', 'models/README.md'],
  })
})

test('a new configuration names the folder where models are already', async () => {
  const cwd = folderOf({ 'package.json': '{}', 'src/models/user.js': '' })
  const run = await runInProcess(['init', '--json'], { cwd })
  const written = ['migrate-tui.config.js', 'migrations/.gitkeep']
  expect(JSON.parse(run.stdout)).toMatchObject({ written })
  const config = readFileSync(path.join(cwd, 'migrate-tui.config.js'), 'utf8')
  expect(config).toContain("models: './src/models',")
})

test('beside a knexfile there is a place for models, unless there is one', async () => {
  const knexfile = CONFIG.replace('knex: {', '').replace('} },', '},')
  const files = { 'package.json': '{}', 'knexfile.js': knexfile.replace(/ {2}m\w+: '.*,\n/g, '') }
  const bare = await runInProcess(['init', '--json'], { cwd: folderOf(files) })
  const written = ['migrations/.gitkeep', 'models/README.md']
  expect(JSON.parse(bare.stdout)).toMatchObject({ written })
  const cwd = folderOf({ ...files, 'src/models/user.js': '' })
  const run = await runInProcess(['init', '--json'], { cwd })
  expect(JSON.parse(run.stdout)).toMatchObject({ written: ['migrations/.gitkeep'] })
})

test('in a folder of a package that is written in modules the configuration is one too', async () => {
  const cwd = path.join(
    folderOf({ 'package.json': '{ "type": "module" }', 'apps/shop/note.txt': '' }),
    'apps/shop',
  )
  const run = await runInProcess(['init', '--template', 'javascript'], { cwd })
  expect(run.exit).toBe(0)
  expect(readFileSync(path.join(cwd, 'migrate-tui.config.js'), 'utf8')).toContain('export default')
  expect(readFileSync(path.join(cwd, 'models/README.md'), 'utf8')).toContain('export class User')
})
