/** A script written where something exists that other databases have no counterpart of says so. */
import { describe, expect, test } from 'vitest'
import type { MigrateDocument } from '../../../src/workflows/documents.js'
import { makeServerProject, ONE_OF_EACH } from '../../support/server-project.js'

const CASES = {
  pg: {
    column: `table.specificType('tags', 'text[]')`,
    script: '// PostgreSQL only: text[] (tags).',
    note: 'Not every database has a counterpart of text[]: SQLite only keeps the name and takes any value; MariaDB refuses it.',
    place: 'posts.tags',
  },
  mysql2: {
    column: `table.specificType('made', 'year')`,
    script: '// MariaDB only: year (made).',
    note: 'Not every database has a counterpart of year: SQLite only keeps the name and takes any value; PostgreSQL refuses it.',
    place: 'posts.made',
  },
}

describe.each(ONE_OF_EACH)('$name', (engine) => {
  const { column, script, note, place } = CASES[engine.client]
  const models = (more: string): string => `exports.Post = class Post extends Model {
  static tableName = 'posts'
  static defineTable(table) {
    table.increments()
    table.integer('size').unsigned().comment('in bytes')
    table.jsonb('data')
    ${more}
  }
}`

  test('in the script both ways, and in the output of migrate', async () => {
    const { project, writeModels } = await makeServerProject(engine, { models: models(column) })
    const noteOf = { code: 'NO_COUNTERPART', message: note, where: place }
    const plan = (await project.json('migrate', '--plan')) as MigrateDocument
    expect(plan.notes).toEqual([noteOf])
    const printed = await project.ok('migrate', '-m', 'posts')
    expect(printed.replaceAll(/\s+/g, ' ')).toContain(`${place}: ${note}`)
    const [first = ''] = project.list('migrations')
    const { up, down } = sidesOf(project.read(`migrations/${first}`))
    expect(up).toContain(`  ${script}\n  await knex.schema.createTable('posts'`)
    expect(down).not.toContain('//')
    await project.ok('upgrade')

    writeModels(models(''))
    const dropped = (await project.json('migrate', '-m', 'less')) as MigrateDocument
    expect(dropped.notes).toEqual([])
    const back = sidesOf(project.read(`migrations/${project.list('migrations')[1] ?? ''}`))
    expect(back.up).not.toContain('//')
    expect(back.down).toContain(`  ${script}\n  await knex.schema.alterTable('posts'`)
    await project.ok('upgrade', '--allow-destructive')
    await project.ok('downgrade')
    expect((await project.run(['verify'])).code).toBe(0)
  })
})

function sidesOf(text: string): { readonly up: string; readonly down: string } {
  const [, up = '', down = ''] = text.split(
    /^exports\.(?:up|down) = |^async function (?:up|down)\b/m,
  )
  return { up, down }
}

test('a geometry is said to need what PostgreSQL has only with its extension', async () => {
  const [engine] = ONE_OF_EACH.filter(({ client }) => client === 'mysql2')
  if (engine === undefined) throw new Error('MariaDB is not among the servers.')
  const { project } = await makeServerProject(engine, {
    models: `exports.Place = class Place extends Model {
  static tableName = 'places'
  static defineTable(table) {
    table.increments()
    table.geometry('area')
  }
}`,
  })
  const { notes } = (await project.json('migrate', '-m', 'places')) as MigrateDocument
  expect(notes).toMatchObject([{ code: 'NO_COUNTERPART', where: 'places.area' }])
  expect(notes[0]?.message).toContain('PostgreSQL without PostGIS refuses it')
  const [script = ''] = project.list('migrations')
  expect(project.read(`migrations/${script}`)).toContain(
    '// No counterpart in PostgreSQL without PostGIS: geometry (area).',
  )
})
