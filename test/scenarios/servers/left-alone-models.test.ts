/** Models on what the tool does not change: partitions, heirs, foreign and versioned tables, sequences. */
import { expect, test } from 'vitest'
import { makeProject, sqliteProject, type TestProject } from '../../support/project.js'
import { makeServerProject, SERVER_ENGINES } from '../../support/server-project.js'

const modelOn = (name: string, id: string): string => `exports.${id} = class ${id} extends Model {
  static tableName = '${name}'
  static defineTable(table) { table.integer('id'); table.string('note', 90) }
}
`

/** Of the difference between models and database: nothing but a note for each model. */
async function expectOnlyNotes(
  project: TestProject,
  said: Readonly<Record<string, string>>,
): Promise<void> {
  const document = (await project.json('check')) as {
    readonly changes: readonly { readonly summary: string }[]
    readonly notes: readonly { readonly code: string; readonly where: string }[]
  }
  expect(document.changes.map(({ summary }) => summary)).toEqual([])
  for (const [where, message] of Object.entries(said)) {
    expect(document.notes.filter((note) => note.where === where)).toEqual([
      { code: 'MODEL_ON_LEFT_ALONE', message, where },
    ])
  }
  expect(await project.json('migrate', '-m', 'x')).toMatchObject({ revision: null })
}

const POSTGRES_OBJECTS = `create table parts (id int, note varchar(20)) partition by range (id);
  create table part_1 partition of parts for values from (1) to (9);
  create table base (id int); create table heir (note text) inherits (base);
  create foreign data wrapper w; create server s foreign data wrapper w;
  create foreign table far (id int) server s`

const MARIADB_OBJECTS = `create table versioned (id int, note varchar(20)) with system versioning;
  create table parts (id int, note varchar(20)) partition by hash (id) partitions 2;
  create sequence counter`

test.each(SERVER_ENGINES)('$name: they are said and left alone', async (engine) => {
  const names =
    engine.client === 'pg'
      ? {
          parts: 'a partitioned table',
          part_1: 'a partition of another table',
          heir: 'inherits from another table',
          far: 'a foreign table',
        }
      : {
          versioned: 'it keeps the history of its rows (system versioning)',
          parts: 'it is partitioned',
          counter: 'it is a sequence',
        }
  const { project, database } = await makeServerProject(engine, {
    models: Object.keys(names)
      .map((name, at) => modelOn(name, `M${at}`))
      .join(''),
  })
  await database.sql(engine.client === 'pg' ? POSTGRES_OBJECTS : MARIADB_OBJECTS)
  const said = Object.entries(names).map(([name, reason], at) => [
    name,
    `M${at} (models/index.js) stands on ${name} (${reason}), which is left alone.`,
  ])
  await expectOnlyNotes(project, Object.fromEntries(said) as Readonly<Record<string, string>>)
})

test('sqlite: a model on a virtual table is said and left alone', async () => {
  const project = makeProject(sqliteProject(modelOn('words', 'Words')))
  project.exec('create virtual table words using fts5(note)')
  await expectOnlyNotes(project, {
    words: 'Words (models/index.js) stands on words (a virtual table), which is left alone.',
  })
})
