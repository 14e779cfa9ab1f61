/** Opens the built screens on a project, at a real terminal. */
import path from 'node:path'
import type { PtyScreen } from './pty/pty-screen.js'
import { start, type StartOptions } from './pty/start.js'
import { ROOT, type TestProject } from './project.js'

/** The screens once they show where the database stands. */
export async function openScreens(
  project: Pick<TestProject, 'folder'>,
  options: StartOptions & {
    readonly args?: readonly string[]
    readonly until?: string | RegExp
  } = {},
): Promise<PtyScreen> {
  const { args = [], until = /\d pending/ } = options
  const screen = start([process.execPath, path.join(ROOT, 'bin/migrate-tui.js'), ...args], {
    columns: 120,
    rows: 35,
    cwd: project.folder,
    ...options,
  })
  await screen.waitFor(until)
  return screen
}

/** Goes back to the tree, and quits; the exit code. */
export async function quit(screen: PtyScreen): Promise<number> {
  await screen.press('escape')
  await screen.waitFor(
    (shown) => shown.text().includes('Revisions') && !/esc (?:back|close)/.test(shown.text()),
  )
  await screen.press('q')
  return await screen.exit
}

/** A model of users with these columns, for `models/index.js`. */
export function usersModel(...columns: readonly string[]): string {
  return `exports.User = class User extends Model {
  static tableName = 'users'
  static defineTable(table, knex) {
    table.increments()
${columns.map((column) => `    ${column}`).join('\n')}
  }
}`
}
