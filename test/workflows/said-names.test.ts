/** What is said of revisions that are named wrongly, before anything is read of a database. */
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { folderOf } from '../support/folder.js'
import { runInProcess } from '../support/program.js'

const CONFIG = `module.exports = { knex: { client: 'better-sqlite3', connection: { filename: 'dev.sqlite3' } } }`

const ours = (id: string, parent: string | null): string =>
  `exports.revision = '${id}'
exports.downRevision = ${JSON.stringify(parent)}
exports.up = async () => {}
exports.down = async () => {}
`

const ONE = { 'migrate-tui.config.js': CONFIG, 'migrations/a.js': ours('aaa1', null) }

test.each([['show'], ['edit']])('%s where there is no revision yet says so', async (command) => {
  const cwd = folderOf({ 'migrate-tui.config.js': CONFIG })
  const run = await runInProcess([command], { cwd })
  expect(run.exit).toBe(2)
  expect(run.stderr).toContain('There is no revision yet.')
})

test.each([
  [['--rev-id', 'aaa1'], 'There is a revision aaa1 already: a.js.', '--rev-id'],
  [['--rev-id', 'x'.repeat(256)], 'cannot be used: it is longer than 255 characters.', 'another'],
  [['--branch-label', 'aaa1'], 'is already the id of a.js.', 'choose another'],
])('a new revision with %j is refused, and none is left behind', async (options, message, fix) => {
  const cwd = folderOf(ONE)
  const run = await runInProcess(['revision', ...options, '--json'], { cwd })
  expect(run.exit).toBe(2)
  expect(JSON.parse(run.stdout)).toMatchObject({
    error: {
      message: expect.stringContaining(message) as unknown,
      hint: expect.stringContaining(fix) as unknown,
      state: 'Nothing was written, and the database was not touched.',
    },
  })
  expect(readdirSync(path.join(cwd, 'migrations'))).toEqual(['a.js'])
})

test('a short name that nothing has is unknown, whatever its length', async () => {
  const run = await runInProcess(['show', 'zz'], { cwd: folderOf(ONE) })
  expect(run.stderr).toContain('There is no revision and no branch label "zz".\n')
  expect((await runInProcess(['show', 'aa'], { cwd: folderOf(ONE) })).exit).toBe(0)
})

test.each([['upgrade'], ['downgrade']])('%s of a range says what takes one', async (command) => {
  const run = await runInProcess([command, 'base:aaa1'], { cwd: folderOf(ONE) })
  expect(run.exit).toBe(2)
  expect(run.stderr).toContain('base:aaa1 is a range of revisions.')
  expect(run.stderr).toContain('add --sql')
})

test('where head could be several, merge is named as a way on', async () => {
  const cwd = folderOf({ ...ONE, 'migrations/b.js': ours('bbb1', null) })
  for (const line of [['upgrade'], ['show'], ['edit'], ['stamp']]) {
    const run = await runInProcess(line, { cwd })
    expect(run.exit).toBe(3)
    expect(run.stderr).toContain('Name one: aaa1, bbb1. Or join them: `migrate-tui merge`.')
    const help = await runInProcess([...line, '--help'], { cwd })
    expect(help.stdout).toMatch(/^ {2}3 .*several heads/m)
  }
})

test('a script that ends too early is told without an empty line of it', async () => {
  const cwd = folderOf({ ...ONE, 'migrations/a.js': `${ours('aaa1', null)}\nfoo(((\n` })
  const run = await runInProcess(['upgrade'], { cwd })
  expect(run.stderr).toContain('Unexpected end of file')
  expect(run.stderr).not.toContain('It reads')
})
