import { describe, expect, test } from 'vitest'
import type { Table } from '../../src/schema/table.js'
import { between, said } from '../support/comparing.js'
import { column, email, id, index, key, table } from '../support/schema-builders.js'

describe('tables', () => {
  test('that no model claims are dropped where a revision of ours made them, else left and listed', () => {
    const found = between(
      { current: [table('ours', [id]), table('theirs', [id])], models: [] },
      { managed: new Set(['ours']) },
    )
    expect(said(found)).toEqual(['Drop table ours'])
    expect(found.unmanaged).toEqual(['theirs'])
    expect(found.tables()).toMatchObject([
      { table: 'ours', status: 'onlyDatabase' },
      { table: 'theirs', status: 'unmanaged' },
    ])
  })

  test('that are named are dropped although they are not ours', () => {
    const input = { managed: new Set<string>(), dropUnmanaged: ['theirs'] }
    const found = between({ current: [table('theirs', [id])], models: [] }, input)
    expect(said(found)).toEqual(['Drop table theirs'])
  })

  test('that are named must be there without a model', () => {
    const users = [table('users', [id])]
    const input = { dropUnmanaged: ['users'] }
    expect(() => between({ current: users, models: users }, input)).toThrow(
      'users is no table without a model.',
    )
  })

  test('stay while one that stays references them, and that is told', () => {
    const child = table('child', [id], { foreignKeys: [key('fk', 'id', 'parent')] })
    const found = between(
      { current: [table('parent', [id]), child], models: [] },
      { managed: new Set(['parent']) },
    )
    expect(found.operations).toEqual([])
    expect(found.notes).toEqual([
      { code: 'STILL_REFERENCED', message: 'parent stays: child references it.', where: 'parent' },
    ])
  })

  test('that are views are left alone, and that is told', () => {
    const found = between({ current: [], models: [table('v', [id])] }, { currentViews: ['v'] })
    expect(found.operations).toEqual([])
    expect(found.notes).toMatchObject([{ code: 'MODEL_ON_VIEW', where: 'v' }])
  })

  test('are the same under the name by which the database reports them', () => {
    const canonical = (each: Table): Table => ({
      ...each,
      name: each.name.replace('public.', ''),
    })
    const found = between(
      { current: [table('users', [id])], models: [table('public.users', [id])] },
      { canonical },
    )
    expect(found.operations).toEqual([])
  })

  test('with a foreign key to a table that nobody has are told', () => {
    const child = table('child', [id], { foreignKeys: [key('fk', 'id', 'nowhere')] })
    const found = between({ current: [], models: [child] })
    expect(found.notes).toMatchObject([{ code: 'PARENT_MISSING', where: 'child.id' }])
  })

  test('with a foreign key to a column that its table has not are told, with a name that is near', () => {
    const child = (column: string): Table =>
      table('child', [id], {
        foreignKeys: [{ ...key('fk', 'id', 'parent'), refColumns: [column] }],
      })
    const messagesFor = (column: string): unknown =>
      between({ current: [], models: [child(column), table('parent', [id, email])] }).notes.map(
        ({ code, message }) => [code, message],
      )
    expect(messagesFor('mail')).toEqual([
      [
        'PARENT_COLUMN_MISSING',
        'child.id references parent (mail), and parent has no column mail. Did you mean email?',
      ],
    ])
    expect(messagesFor('xyz')).toEqual([
      ['PARENT_COLUMN_MISSING', 'child.id references parent (xyz), and parent has no column xyz.'],
    ])
  })

  test('with a foreign key to columns that no key covers are told', () => {
    const child = table('child', [id], { foreignKeys: [key('fk', 'id', 'parent')] })
    const notesFor = (parent: Table): unknown => {
      const found = between({ current: [], models: [child, parent] })
      return found.notes.map(({ code, where }) => `${code} ${where}`)
    }
    expect(notesFor(table('parent', [id]))).toEqual(['PARENT_NOT_UNIQUE child.id'])
    const covered = { name: 'u', deferrable: null, nullsNotDistinct: false }
    expect(notesFor(table('parent', [id], { uniques: [{ ...covered, columns: ['id'] }] }))).toEqual(
      [],
    )
    expect(
      notesFor(table('parent', [id], { uniques: [{ ...covered, columns: ['id', 'a'] }] })),
    ).toEqual(['PARENT_NOT_UNIQUE child.id'])
    const only = index('i', ['id'], { unique: true })
    expect(notesFor(table('parent', [id], { indexes: [only] }))).toEqual([])
    const some = { ...only, where: 'id > 1' }
    expect(notesFor(table('parent', [id], { indexes: [some] }))).toEqual([
      'PARENT_NOT_UNIQUE child.id',
    ])
  })
})

describe('while a model cannot be read', () => {
  const rich = table('users', [id, email], { indexes: [index('mail', ['email'])] })
  const more = { allowDrops: false }

  test('nothing is dropped, and each thing that stays is told', () => {
    const gone = { current: [rich, table('teams', [id])], models: [table('users', [id])] }
    const found = between(gone, more)
    expect(found.operations).toEqual([])
    expect(found.notes.map((note) => [note.code, note.where])).toEqual([
      ['DROP_WITHHELD', 'users.email'],
      ['DROP_WITHHELD', 'users'],
      ['DROP_WITHHELD', 'teams'],
    ])
  })

  test('what is added or changed is found all the same', () => {
    const changed = table('users', [id, { ...email, nullable: false }, column('age')], {
      indexes: [index('mail', ['age'])],
    })
    expect(said(between({ current: [rich], models: [changed] }, more))).toEqual([
      'Drop index mail on users (email)',
      'Add column users.age: integer',
      'Change column users.email: null to not null',
      'Add index mail on users (age)',
    ])
  })
})
