import { describe, expect, test } from 'vitest'
import type { Operation } from '../../src/operations/operation.js'
import type { Column } from '../../src/schema/column.js'
import { before, email, team, total, users } from '../support/altered-table.js'
import { CLIENTS, scriptReader } from '../support/read-script.js'

describe.each(CLIENTS)('an alterTable call, read from builders of %s', (client) => {
  const reader = scriptReader(client)

  function read(...statements: readonly string[]): Promise<readonly Operation[]> {
    return reader.read(
      ["await knex.schema.alterTable('users', (table) => {", ...statements, '})'],
      before,
    )
  }

  async function altered(statement: string): Promise<Column | null> {
    const [operation] = await read(statement)
    return operation?.kind === 'alterColumn' ? operation.to : null
  }

  test('is in the order in which Knex runs it: added, altered, the rest as written', async () => {
    const operations = await read(
      `table.dropColumn('total')`,
      `table.string('email').alter()`,
      `table.integer('level').index()`,
      `table.comment('')`,
      `table.renameColumn('team_id', 'group_id')`,
      `table.dropNullable('group_id')`,
    )
    expect(operations.map(({ kind }) => kind)).toEqual([
      'addColumn',
      'alterColumn',
      'dropColumn',
      'addIndex',
      'renameColumn',
      'alterColumn',
      'alterComment',
    ])
    expect(operations[5]).toMatchObject({
      from: { name: 'group_id', nullable: true },
      to: { name: 'group_id', nullable: false },
    })
    expect(operations[6]).toMatchObject({ from: 'people', to: null })
  })

  test('alter() states the whole column, but keeps collation, comment and generation', async () => {
    expect(await altered(`table.string('email', 120).alter()`)).toEqual({
      ...email,
      type: { kind: 'string', length: 120 },
      nullable: true,
      default: null,
    })
    expect(await altered(`table.bigInteger('total').alter()`)).toEqual({
      ...total,
      type: { kind: 'bigInteger', unsigned: false },
    })
  })

  test('collation and comment are removed by name', async () => {
    const text = `table.string('email').collate('default').comment('').alter()`
    expect(await altered(text)).toMatchObject({ collation: null, comment: null })
  })

  test('alterNullable and alterType keep what they name', async () => {
    expect(await altered(`table.text('email').alter({ alterNullable: false })`)).toMatchObject({
      type: { kind: 'text' },
      nullable: false,
    })
    expect(await altered(`table.text('email').alter({ alterType: false })`)).toMatchObject({
      type: email.type,
      nullable: true,
    })
  })

  test('nullability alone changes nothing else', async () => {
    expect(await altered(`table.setNullable('email')`)).toEqual({ ...email, nullable: true })
    expect(await altered(`table.dropNullable('team_id')`)).toEqual({ ...team, nullable: false })
  })

  test.each([
    [`table.dropUnique([], 'email_once')`, { kind: 'dropUnique', unique: users.uniques[0] }],
    [`table.dropUnique(['email'])`, { kind: 'dropUnique', unique: users.uniques[0] }],
    [`table.dropIndex([], 'email_once')`, { kind: 'dropUnique', unique: users.uniques[0] }],
    [`table.dropIndex('team_id')`, { kind: 'dropIndex', index: users.indexes[0] }],
    [
      `table.dropForeign(['team_id'])`,
      { kind: 'dropForeignKey', foreignKey: users.foreignKeys[0] },
    ],
    [
      `table.dropForeign([], 'team_of_user')`,
      { kind: 'dropForeignKey', foreignKey: users.foreignKeys[0] },
    ],
    [`table.dropChecks('users_email_check')`, { kind: 'dropCheck', check: users.checks[0] }],
    [`table.dropPrimary()`, { kind: 'alterPrimaryKey', from: users.primaryKey, to: null }],
  ])('%s finds what it drops in the table before', async (statement, operation) => {
    expect(await read(statement)).toEqual([{ ...operation, table: 'users' }])
  })

  test('what is dropped only if it is there may be missing', async () => {
    expect(
      await read(
        `table.dropUniqueIfExists(['team_id'])`,
        `table.dropForeignIfExists(['email'])`,
        `table.dropPrimary()`,
        `table.dropPrimaryIfExists()`,
      ),
    ).toMatchObject([{ kind: 'alterPrimaryKey', to: null }])
  })

  test('columns are dropped one by one, by list, and as timestamps', async () => {
    const operations = await read(
      `table.dropColumns('email', 'total')`,
      `table.dropColumn(['team_id'])`,
    )
    expect(operations).toMatchObject([{ column: email }, { column: total }, { column: team }])
    const script = [
      `await knex.schema.alterTable('users', (table) => table.timestamps())`,
      `await knex.schema.alterTable('users', (table) => table.dropTimestamps())`,
    ]
    expect((await reader.read(script, before)).map(({ kind }) => kind)).toEqual([
      'addColumn',
      'addColumn',
      'dropColumn',
      'dropColumn',
    ])
  })

  test('a key that replaces another is one change, and a second key is refused', async () => {
    expect(await read(`table.dropPrimary()`, `table.primary(['email'], 'pk')`)).toEqual([
      {
        kind: 'alterPrimaryKey',
        table: 'users',
        from: users.primaryKey,
        to: { name: 'pk', columns: ['email'] },
      },
    ])
    await expect(read(`table.primary(['email'])`)).rejects.toMatchObject({
      code: 'VOCABULARY_PRIMARY_EXISTS',
    })
  })

  test('a native enum is created by a call of its own before the column', async () => {
    const operations = await read(
      `table.enu('mood', ['ok'], { useNative: true, enumName: 'mood' })`,
      `table.enu('next', ['ok'], { useNative: true, enumName: 'mood', existingType: true })`,
    )
    expect(operations.map(({ kind }) => kind)).toEqual(['createEnum', 'addColumn', 'addColumn'])
  })

  test('the bindings of an added check, which Knex forgets, are written in', async () => {
    expect(await read(`table.check('?? > ?', ['team_id', 5], 'sane')`)).toMatchObject([
      { kind: 'addCheck', check: { name: 'sane', sql: '"team_id" > 5' } },
    ])
  })

  test('an option of a table is refused, as Knex refuses it', async () => {
    await expect(read(`table.engine('InnoDB')`)).rejects.toMatchObject({
      code: 'VOCABULARY_OPTION',
    })
  })

  test('a word that nobody knows leaves the call to Knex, where that needs no database', async () => {
    const extension = `  table._statements.push({
      grouping: 'alterTable', method: 'pushQuery', args: ['cluster users'],
    })`
    const call = (...more: readonly string[]) =>
      reader.calls([`await knex.schema.alterTable('users', (table) => {`, extension, ...more, '})'])
    expect(await call()).toEqual([
      { kind: 'unknown', what: 'alterTable users', statements: ['cluster users'] },
    ])
    if (client === 'better-sqlite3') {
      await expect(call(`table.string('email').alter()`)).rejects.toMatchObject({
        code: 'VOCABULARY_UNKNOWN',
      })
    }
  })

  test('what the table before does not have stands as far as it is known', async () => {
    const script = [`await knex.schema.alterTable('gone', (table) => table.dropColumn('x'))`]
    const [call] = await reader.calls(script)
    expect(call?.kind === 'table' && call.read(null)).toMatchObject([
      {
        kind: 'dropColumn',
        table: 'gone',
        column: { name: 'x', type: { kind: 'native', text: '' } },
      },
    ])
  })
})
