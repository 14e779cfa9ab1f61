/** Automatic names that are longer than a server keeps. MariaDB refuses them, PostgreSQL cuts them. */
import { describe, expect, test } from 'vitest'
import type { ComparisonDocument } from '../../../src/workflows/documents.js'
import { makeServerProject, ONE_OF_EACH } from '../../support/server-project.js'

const POSTGRES = ONE_OF_EACH.filter(({ client }) => client === 'pg')

const models = (column: string, size: number): string => `exports.Item = class Item extends Model {
  static tableName = 'customer_subscription_invoice_line_items'
  static defineTable(table) {
    table.increments()
    ${column}
    table.string('q', ${size})
  }
}`

describe.each(POSTGRES)('$name', (engine) => {
  test.each([
    ['index', "table.integer('customer_subscription_invoice_id').index()"],
    ['unique', "table.integer('customer_subscription_invoice_id').unique()"],
    // Bytes count, not characters: here the cut falls before the 63rd character.
    [
      'index of more bytes than characters',
      "table.integer('größenüberschreitungsänderung').index()",
    ],
  ])(
    'an automatic %s whose name is cut stays when something else changes',
    async (_what, column) => {
      const { project, database, writeModels } = await makeServerProject(engine, {
        models: models(column, 20),
      })
      const indexes = async (): Promise<unknown> =>
        await database.sql(
          `select indexname from pg_indexes where tablename like 'customer%' order by 1`,
        )
      await project.ok('migrate', '-m', 'items')
      await project.ok('upgrade')
      const before = await indexes()
      expect(before).toHaveLength(2)
      expect(await project.json('check')).toMatchObject({ changes: [], upToDate: true })

      writeModels(models(column, 30))
      const found = (await project.json('check')) as ComparisonDocument
      expect(found.changes.map(({ kind, name }) => [kind, name])).toEqual([['alterColumn', 'q']])
      expect(found.notes).toEqual([])
      await project.ok('migrate', '-m', 'longer')
      await project.ok('upgrade')
      expect(await indexes()).toEqual(before)
      expect(await project.json('check')).toMatchObject({ changes: [], upToDate: true })
      expect(await project.json('verify')).toMatchObject({ ok: true, findings: [] })

      // Without it in the model it goes, and comes back as it was.
      writeModels(models(column.replace(/\.(index|unique)\(\)$/, ''), 30))
      await project.ok('migrate', '-m', 'bare')
      await project.ok('upgrade', '--allow-destructive')
      expect(await indexes()).toHaveLength(1)
      await project.ok('downgrade', '--allow-destructive')
      expect(await indexes()).toEqual(before)
    },
  )
})
