import { describe, expect, test } from 'vitest'
import type { EnumType } from '../../src/schema/schema.js'
import type { Table } from '../../src/schema/table.js'
import { between, said } from '../support/comparing.js'
import { column, table } from '../support/schema-builders.js'

describe('enums of the database’s own', () => {
  const mood = (...values: readonly string[]): Table =>
    table('users', [column('mood', { type: { kind: 'enum', values, native: 'mood' } })])
  const listed = (...values: readonly string[]): readonly EnumType[] => [{ name: 'mood', values }]

  test('are created before their first column and dropped after their last', () => {
    const found = between({ current: [], models: [mood('glad')] })
    expect(said(found)).toEqual(["Create enum mood: 'glad'", 'Create table users with 1 column'])
    const gone = between({ current: [mood('glad')], models: [], enums: listed('glad') })
    expect(said(gone)).toEqual(['Drop table users', 'Drop enum mood'])
  })

  test('that change are one change, not one a column', () => {
    const found = between({
      current: [mood('glad')],
      models: [mood('glad', 'sad')],
      enums: listed('glad'),
    })
    expect(said(found)).toEqual(["Change enum mood: add 'sad'"])
  })

  test('stay while another table uses them, and when nothing ever did', () => {
    const other = { ...mood('glad'), name: 'theirs' }
    const input = { managed: new Set(['users']) }
    const used = { current: [mood('glad'), other], models: [], enums: listed('glad') }
    expect(said(between(used, input))).toEqual(['Drop table users'])
    expect(between({ current: [], models: [], enums: listed('glad') }).operations).toEqual([])
  })

  test('that no revision from models made stay, and it is told', () => {
    const sides = { current: [mood('glad')], models: [table('users', [])], enums: listed('glad') }
    const found = between(sides, { managedEnums: new Set() })
    expect(said(found)).toEqual(['Drop column users.mood: mood'])
    expect(found.notes).toMatchObject([{ code: 'ENUM_STAYS', where: 'mood' }])
  })

  test('stay while a column holds lists of them', () => {
    const lists = column('moods', { type: { kind: 'native', text: 'mood[]' } })
    const before = table('users', [...mood('glad').columns, lists])
    const sides = { current: [before], models: [table('users', [lists])], enums: listed('glad') }
    expect(said(between(sides))).toEqual(['Drop column users.mood: mood'])
  })

  test('are none in a database without such types', () => {
    const canonical = (each: Table): Table => ({
      ...each,
      columns: each.columns.map((one) =>
        one.type.kind === 'enum' ? { ...one, type: { ...one.type, native: null } } : one,
      ),
    })
    const found = between({ current: [], models: [mood('glad')] }, { canonical })
    expect(said(found)).toEqual(['Create table users with 1 column'])
  })

  test('with different values in two models are told', () => {
    const models = [mood('glad'), { ...mood('sad'), name: 'people' }]
    const found = between({ current: [], models })
    expect(found.notes).toMatchObject([{ code: 'ENUM_CONFLICT', where: 'mood' }])
  })
})
