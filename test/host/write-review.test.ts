/** Writing what was chosen in a review: order, split, and what is refused. */
import { describe, expect, test } from 'vitest'
import type { ReviewPart } from '../../src/workflows/screens/screen-documents.js'
import type { HostClient } from '../../src/host/host-client.js'
import { failureOf, hostOf, NO_ANSWERS, upgradeAll } from '../support/hosts.js'
import type { TestProject } from '../support/project.js'
import { makeProject, modelsFile, sqliteProject } from '../support/project.js'

const MODELS = `exports.User = class User extends Model {
  static tableName = 'users'
  static defineTable(table) {
    table.increments()
    table.string('name', 80).notNullable()
  }
}
exports.Post = class Post extends Model {
  static tableName = 'posts'
  static defineTable(table) {
    table.increments()
    table.integer('user_id').unsigned().references('users.id')
    table.string('title')
    table.index(['title'])
  }
}`

const USERS = 'createTable:users'
const POSTS = 'createTable:posts'

function write(host: HostClient, parts: readonly ReviewPart[], fills = NO_FILLS) {
  return host.call('write', { answers: NO_ANSWERS, parts, fills, partial: false })
}

const NO_FILLS: readonly { table: string; column: string; sql: string }[] = []

/** The text of each script, in the order written. */
function textsOf(project: TestProject): readonly string[] {
  return project.list('migrations').map((name) => project.read(`migrations/${name}`))
}

describe('writing a review', () => {
  test('parts become revisions that follow each other and run', async () => {
    const project = makeProject(sqliteProject(MODELS))
    const host = hostOf(project)
    const { written } = await write(host, [
      { message: 'users first', changes: [USERS] },
      { message: null, changes: [] },
      { message: null, changes: [POSTS] },
    ])
    expect(written).toHaveLength(2)
    const [first = '', second = ''] = textsOf(project)
    expect(first).toMatch(/^\/\*\* users first/)
    expect(second).toContain(`exports.downRevision = '${written[0]?.revision ?? ''}'`)
    expect(second).toMatch(/^\/\*\* create table posts/)
    await upgradeAll(host)
    expect(await host.call('compare', { answers: NO_ANSWERS })).toMatchObject({ changes: [] })
    await project.ok('downgrade', 'base', '--allow-destructive')
  })

  test('an order that cannot run is refused with what it needs; nothing is written', async () => {
    const project = makeProject(sqliteProject(MODELS))
    const host = hostOf(project)
    const order = [
      { message: 'posts', changes: [POSTS] },
      { message: 'users', changes: [USERS] },
    ]
    expect(await failureOf(write(host, order))).toMatchObject({
      code: 'REVIEW_ORDER',
      exit: 2,
      message:
        '"Create table posts with 3 columns" needs table users. Put "Create table users with 2 columns" before it.',
      details: { change: POSTS, needs: 'table users' },
    })
    const alone = await failureOf(write(host, [{ message: null, changes: [POSTS] }]))
    expect(alone.message).toContain('"Create table users with 2 columns" was left out.')
    const twice = await failureOf(write(host, [{ message: null, changes: [USERS, USERS] }]))
    expect(twice).toMatchObject({ code: 'REVIEW_ORDER', details: { change: USERS } })
    expect(project.list('migrations')).toEqual([])
  })

  test('a change that is no longer one is refused', async () => {
    const project = makeProject(sqliteProject(MODELS))
    const host = hostOf(project)
    const { changes } = await host.call('compare', { answers: NO_ANSWERS })
    project.write('models/index.js', modelsFile(MODELS.split('exports.Post')[0] ?? ''))
    const part = { message: null, changes: changes.map(({ id }) => id) }
    expect(await failureOf(write(host, [part]))).toMatchObject({
      code: 'REVIEW_MOVED',
      exit: 3,
      details: { changes: [POSTS] },
    })
    expect(project.list('migrations')).toEqual([])
  })

  test('a part that is left out stays a change, and a drop cannot go without its index', async () => {
    const project = makeProject(sqliteProject(MODELS))
    const host = hostOf(project)
    await write(host, [{ message: null, changes: [USERS, POSTS] }])
    await upgradeAll(host)
    const without = MODELS.replace(`table.string('title')`, '').replace(
      `table.index(['title'])`,
      '',
    )
    project.write('models/index.js', modelsFile(without.replace(`'name', 80`, `'name', 120`)))
    const { changes } = await host.call('compare', { answers: NO_ANSWERS })
    const ids = changes.map(({ id }) => id)
    expect(ids).toEqual([
      'dropIndex:posts.posts_title_index',
      'dropColumn:posts.title',
      'alterColumn:users.name',
    ])
    const [index = '', column = '', name = ''] = ids
    const refused = await failureOf(write(host, [{ message: null, changes: [column] }]))
    expect(refused).toMatchObject({ code: 'REVIEW_ORDER', details: { change: column } })
    expect(refused.message).toContain('needs index posts_title_index of posts to be dropped')
    const { written } = await write(host, [
      { message: 'longer names', changes: [name] },
      { message: 'no titles', changes: [index, column] },
    ])
    expect(written).toHaveLength(2)
  })

  test('answers decide between a rename and a loss, and fills reach the script of their part', async () => {
    const project = makeProject(sqliteProject(MODELS))
    const host = hostOf(project)
    await write(host, [{ message: null, changes: [USERS, POSTS] }])
    await upgradeAll(host)
    project.exec(`insert into users (name) values ('Ana'), ('Bo')`)
    const renamed = MODELS.replace(
      `table.string('name', 80).notNullable()`,
      `table.string('full_name', 80).notNullable()\n    table.integer('level').notNullable()`,
    )
    project.write('models/index.js', modelsFile(renamed))
    const open = await host.call('compare', { answers: NO_ANSWERS })
    expect(open.renames).toMatchObject([{ from: 'users.name', to: 'full_name' }])
    const pair = { table: 'users', column: 'name', to: 'full_name' }
    const apart = await host.call('compare', { answers: { ...NO_ANSWERS, apart: [pair] } })
    expect(apart.renames).toEqual([])
    expect(apart.changes.map(({ kind }) => kind).toSorted()).toEqual([
      'addColumn',
      'addColumn',
      'dropColumn',
    ])
    const answers = { ...NO_ANSWERS, renames: [pair] }
    const same = await host.call('compare', { answers })
    expect(same.fills).toMatchObject([{ table: 'users', column: 'level', rows: 2, offered: null }])
    const [rename = '', level = ''] = same.changes.map(({ id }) => id)
    const wrong = await failureOf(
      host.call('write', {
        answers,
        parts: [{ message: null, changes: ['nope'] }],
        fills: [],
        partial: false,
      }),
    )
    expect(wrong.code).toBe('REVIEW_MOVED')
    await host.call('write', {
      answers,
      parts: [
        { message: 'rename', changes: [rename] },
        { message: 'level', changes: [level] },
      ],
      fills: [{ table: 'users', column: 'level', sql: '7' }],
      partial: false,
    })
    await upgradeAll(host)
    expect(project.rows('select full_name, level from users order by id')).toEqual([
      { full_name: 'Ana', level: 7 },
      { full_name: 'Bo', level: 7 },
    ])
  })

  test('a column that is renamed and made not null is counted under its old name', async () => {
    const model = (column: string): string => `exports.Item = class Item extends Model {
  static tableName = 'items'
  static defineTable(table) {
    table.increments()
    ${column}
  }
}`
    const project = makeProject(sqliteProject(model(`table.integer('level')`)))
    const host = hostOf(project)
    await write(host, [{ message: null, changes: ['createTable:items'] }])
    await upgradeAll(host)
    project.exec('insert into items (level) values (1), (null), (null)')
    project.write('models/index.js', modelsFile(model(`table.integer('rank').notNullable()`)))
    const answers = { ...NO_ANSWERS, renames: [{ table: 'items', column: 'level', to: 'rank' }] }
    const { fills, changes } = await host.call('compare', { answers })
    expect(fills).toMatchObject([{ table: 'items', column: 'rank', rows: 2 }])
    await host.call('write', {
      answers,
      parts: changes.map(({ id }) => ({ message: null, changes: [id] })),
      fills: [{ table: 'items', column: 'rank', sql: '0' }],
      partial: false,
    })
    await upgradeAll(host)
    expect(project.rows('select rank from items order by id').map(({ rank }) => rank)).toEqual([
      1, 0, 0,
    ])
  })

  test('a script that a hook refuses takes those before it along', async () => {
    const project = makeProject(sqliteProject(MODELS))
    project.write(
      'migrate-tui.config.js',
      project
        .read('migrate-tui.config.js')
        .replace(
          `models:`,
          `hooks: { beforeWrite({ message }) { if (message === 'second') throw new Error('not on a Friday') } },\n  models:`,
        ),
    )
    const host = hostOf(project)
    const parts = [
      { message: 'first', changes: [USERS] },
      { message: 'second', changes: [POSTS] },
    ]
    expect((await failureOf(write(host, parts))).message).toContain('not on a Friday')
    expect(project.list('migrations')).toEqual([])
  })

  test('columns that no model names come with the line that declares them', async () => {
    const project = makeProject(
      sqliteProject(`exports.User = class User extends Model {
  static tableName = 'users'
  static jsonSchema = { type: 'object', properties: { id: { type: 'integer' } } }
}`),
    )
    project.exec(
      `create table users (id integer primary key autoincrement, email varchar(120) not null default 'x', team integer references teams (id));
       create table teams (id integer primary key autoincrement);
       create unique index users_email_unique on users (email)`,
    )
    const { declarations, unmanaged } = await hostOf(project).call('compare', {
      answers: NO_ANSWERS,
    })
    expect(declarations.map(({ text }) => text)).toEqual([
      `table.string('email', 120).notNullable().defaultTo('x').unique()`,
      `table.integer('team').references('teams.id')`,
    ])
    expect(unmanaged).toEqual(['teams'])
  })
})
