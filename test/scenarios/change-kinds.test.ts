/** Every kind of change through the built command: found, applied with its rows, reversed, and gone from the next check. */
import { afterAll, describe, expect, test } from 'vitest'
import type { ComparisonDocument } from '../../src/workflows/documents.js'
import { modelsText } from '../support/change-kind.js'
import { CHANGE_KINDS } from '../support/change-kinds.js'
import { makeProject, sqliteProject } from '../support/project.js'
import { schemaText } from '../support/sqlite-schema.js'

/** Folders go when all tests are over: tests beside each other share no end. */
const removals: (() => void)[] = []

afterAll(() => {
  for (const remove of removals) remove()
})

describe('on SQLite', () => {
  test.concurrent.each(CHANGE_KINDS)(
    '$name',
    async (change) => {
      const models = { 'models/index.js': modelsText(change.before) }
      const project = makeProject({ ...sqliteProject(''), ...models }, (remove) => {
        removals.push(remove)
      })
      await project.ok('migrate', '-m', 'before')
      await project.ok('upgrade')
      project.exec(change.rows.join(';\n'))
      const schemaBefore = schemaText(project)
      const keptBefore = project.rows(change.kept)

      project.write('models/index.js', modelsText(change.after))
      const answers = change.answers ?? []
      const found = (await project.json('check')) as ComparisonDocument
      expect(found.upToDate).toBe(false)
      await project.ok('migrate', '-m', 'after', ...answers)
      await project.ok('upgrade', '--allow-destructive', '--no-backup')
      const clean = (await project.json('check')) as ComparisonDocument
      expect(clean.changes.map((one) => one.summary)).toEqual([])
      expect(clean.upToDate).toBe(true)
      if (change.kept !== 'select 1') expect(project.rows(change.kept)).toEqual(keptBefore)

      await project.ok('downgrade', '--allow-destructive', '--no-backup')
      expect(schemaText(project)).toEqual(schemaBefore)
      expect(project.rows(change.kept)).toEqual(keptBefore)
    },
    120_000,
  )
})
