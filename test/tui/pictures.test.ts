/**
 * The pictures of the README, taken of the real screens on a real project. `npm run pictures` writes
 * them; a run of the tests only takes them.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { openScreens } from '../support/open-screens.js'
import { makeProject, modelsFile, sqliteProject } from '../support/project.js'
import type { PtyScreen } from '../support/pty/pty-screen.js'
import { screenPng } from '../support/pty/picture.js'

const FOLDER = fileURLToPath(new URL('../pictures', import.meta.url))

function take(screen: PtyScreen, name: string): void {
  const picture = screenPng(screen.terminal, 'dark')
  expect(picture.length).toBeGreaterThan(10_000)
  if (process.env.PICTURES !== '1') return
  mkdirSync(FOLDER, { recursive: true })
  writeFileSync(path.join(FOLDER, `${name}.png`), picture)
}

const models = (user: readonly string[], order: readonly string[], more = ''): string => `
exports.User = class User extends Model {
  static tableName = 'users'
  static defineTable(table, knex) {
    table.increments()
${user.map((line) => `    ${line}`).join('\n')}
  }
}
exports.Order = class Order extends Model {
  static tableName = 'orders'
  static defineTable(table, knex) {
    table.increments()
    table.integer('user_id').unsigned().notNullable().references('users.id').onDelete('CASCADE').index()
${order.map((line) => `    ${line}`).join('\n')}
  }
}
${more}`

const NAME = "table.string('name', 80).notNullable()"
const EMAIL = "table.string('email', 120).notNullable().unique()"
const TOTAL = "table.decimal('total', 12, 2).notNullable()"
const NOTE = "table.text('note')"

test('the main screens as pictures', async () => {
  const project = makeProject(sqliteProject(models([NAME, EMAIL], [TOTAL, NOTE])))
  const write = (text: string): void => {
    project.write('models/index.js', modelsFile(text))
  }
  await project.ok('migrate', '-m', 'create users and orders')
  await project.ok('upgrade')
  write(models([NAME, EMAIL, "table.timestamp('seen_at')"], [TOTAL, NOTE]))
  await project.ok('migrate', '-m', 'remember visits')
  await project.ok('upgrade')
  const at =
    ((await project.json('current')) as { readonly current: readonly string[] }).current[0] ?? ''
  await project.ok('revision', '-m', 'audit log', '--branch-label', 'audit')
  await project.ok('revision', '-m', 'prices in cents', '--head', at, '--splice')
  await project.ok('merge', '-m', 'join audit and prices')
  await project.ok('upgrade')
  project.exec(
    "insert into users (name, email) values ('Ana', 'ana@example.org'), ('Bo', 'bo@example.org'), ('O''Neil', 'o@example.org')",
  )
  project.exec(
    "insert into orders (user_id, total, note) values (1, 12.5, 'gift'), (2, 3, 'as last time'), (3, 99, 'call first')",
  )
  write(models([NAME, EMAIL, "table.timestamp('seen_at')"], [TOTAL]))
  await project.ok('migrate', '-m', 'orders have no note')
  const tree = await openScreens(project)
  await tree.waitFor('loses data')
  await tree.waitFor(/1 model change *$/m)
  await tree.press('home')
  await tree.waitFor('dropColumn')
  take(tree, 'tree')
  await tree.press('u')
  await tree.waitFor('LOSES DATA')
  take(tree, 'plan')
  await tree.press('enter')
  await tree.waitFor('This cannot be undone')
  await new Promise((resolve) => setTimeout(resolve, 500))
  tree.type('orders.no')
  await tree.waitFor('> orders.no')
  take(tree, 'loss')
  await tree.press('escape')
  await tree.waitFor('Not run')
  await tree.close()

  await project.ok('upgrade', '--allow-destructive', '--no-backup')
  write(
    models(
      [
        NAME.replace('name', 'full_name'),
        EMAIL.replace('120', '254'),
        "table.timestamp('seen_at')",
      ],
      [TOTAL, "table.string('state', 20).notNullable().defaultTo('open')"],
      `exports.Coupon = class Coupon extends Model {
  static tableName = 'coupons'
  static defineTable(table) {
    table.string('code', 20).primary()
    table.integer('percent').notNullable()
  }
}`,
    ),
  )
  const diff = await openScreens(project)
  await diff.waitFor(/\d model changes *$/m)
  await diff.press('D')
  await diff.waitFor('database')
  await diff.press('tab', 'down')
  await diff.waitFor(/▸ *email/)
  take(diff, 'diff')
  await diff.press('escape', 'g')
  await diff.waitFor('Question 1')
  await diff.press('v')
  await diff.waitFor('Ana')
  take(diff, 'rename')
  await diff.press('r')
  await diff.waitFor('Rename column')
  await diff.waitFor(/\d model changes *$/m)
  take(diff, 'review')
  await diff.close()

  const small = await openScreens(project, { columns: 80, rows: 24 })
  await small.waitFor(/\d model changes *$/m)
  take(small, 'tree-80x24')
})
