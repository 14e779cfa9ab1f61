/** Processes that start before the project is known, and must not be told apart. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { opensScreens, READING_COMMANDS, readsModels } from '../../src/cli/first-guess.js'
import { makeProject, ROOT } from '../support/project.js'
import type { TestProject } from '../support/project.js'

const CONFIG = `process.env.TABLE_NAME = 'named_by_the_configuration'
delete process.env.TAKEN_AWAY
module.exports = { knex: './knexfile.js', models: ['./models'] }
`

const KNEXFILE = `module.exports = {
  client: 'better-sqlite3', connection: { filename: './dev.sqlite3' }, useNullAsDefault: true }
`

const MODEL = `const { appendFileSync } = require('node:fs')
const { Model } = require('objection')
appendFileSync('loaded.txt', process.cwd() + '\\n')
exports.Thing = class Thing extends Model {
  static tableName = process.env.TABLE_NAME + (process.env.TAKEN_AWAY ?? '')
  static defineTable(t) { t.increments() }
}
`

function projectWithModel(): TestProject {
  return makeProject({
    'migrate-tui.config.cjs': CONFIG,
    'knexfile.js': KNEXFILE,
    'models/thing.js': MODEL,
    'below/here.txt': '',
  })
}

test('models see the environment that the configuration made, and the folder of the project', async () => {
  const project = projectWithModel()
  const { stdout } = await project.run(['inspect', 'models', '--json'], {
    cwd: join(project.folder, 'below'),
    env: { TAKEN_AWAY: '_by_the_shell', TABLE_NAME: 'named_by_the_shell' },
  })
  expect(stdout).toContain('named_by_the_configuration')
  expect(stdout).not.toContain('_by_the_shell')
  expect(project.read('loaded.txt')).toBe(`${project.folder}\n`)
})

test.each(READING_COMMANDS)('%s reads models', async (command) => {
  const project = projectWithModel()
  await project.run(command === 'inspect' ? [command, 'models'] : [command])
  expect(project.list('.')).toContain('loaded.txt')
})

test('nothing is started for a help text', () => {
  expect(readsModels(['migrate', '--help'])).toBe(false)
  expect(readsModels(['history'])).toBe(false)
  expect(readsModels(['--env', 'test', 'check'])).toBe(true)
})

test('a host is started only for screens that will open here', () => {
  const terminal = { isTTY: true }
  const at = { stdin: terminal, stdout: terminal, env: { TERM: 'xterm' } }
  expect(opensScreens([], at)).toBe(true)
  expect(opensScreens(['--cwd', 'elsewhere'], at)).toBe(false)
  expect(opensScreens([], { ...at, stdout: {} })).toBe(false)
  expect(opensScreens([], { ...at, stdin: {} })).toBe(false)
  expect(opensScreens([], { ...at, env: { CI: 'true' } })).toBe(false)
  expect(opensScreens([], { ...at, env: { TERM: 'dumb' } })).toBe(false)
})

test('a command that fails before it reads models leaves no process', async () => {
  const project = makeProject({ 'migrate-tui.config.cjs': 'module.exports = { modles: [] }' })
  const program = spawn(process.execPath, [join(ROOT, 'bin/migrate-tui.js'), 'check'], {
    cwd: project.folder,
    // A process group of its own, so that what is left of it can be asked for.
    detached: true,
    stdio: 'ignore',
  })
  const [code] = (await once(program, 'exit')) as [number]
  expect(code).toBe(2)
  const { pid = 0 } = program
  // Whoever adopts it may take seconds to see that it ended.
  await expect.poll(() => isGone(pid), { timeout: 15_000 }).toBe(true)
})

function isGone(group: number): boolean {
  try {
    process.kill(-group, 0)
    return false
  } catch {
    return true
  }
}
