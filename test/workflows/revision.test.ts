import { existsSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { folderOf } from '../support/folder.js'
import { runInProcess } from '../support/program.js'

const CONFIG = `module.exports = { knex: { client: 'better-sqlite3', connection: { filename: 'dev.sqlite3' } } }`

test.each([
  [['--plan'], '--plan of revision needs --autogenerate.'],
  [['--sql', '--fill', 'users.level=1'], '--sql and --fill of revision need --autogenerate.'],
  [['--rename', 'a:b', '--partial'], '--rename and --partial of revision need --autogenerate.'],
  [['--drop-unmanaged', 'users'], '--drop-unmanaged of revision needs --autogenerate.'],
])('an empty revision with %j is refused, and nothing is written', async (options, message) => {
  const cwd = folderOf({ 'migrate-tui.config.js': CONFIG })
  const run = await runInProcess(['revision', ...options], { cwd })
  expect(run.exit).toBe(2)
  expect(run.stderr).toContain(message)
  expect(existsSync(path.join(cwd, 'migrations'))).toBe(false)
})
