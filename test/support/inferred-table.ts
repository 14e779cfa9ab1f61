/** What is inferred from one model. */
import { Model } from 'objection'
import { expect } from 'vitest'
import type { DesiredTable } from '../../src/schema/desired.js'
import { describeClasses } from './describe-classes.js'

/** The one table of a model with this jsonSchema. */
export function tableOf(
  jsonSchema: object,
  more: Readonly<Record<string, unknown>> = {},
  knexConfig: Readonly<Record<string, unknown>> = {},
): DesiredTable {
  class User extends Model {
    static override tableName = 'users'
    static override jsonSchema = jsonSchema
  }
  Object.assign(User, more)
  return onlyTable([User], knexConfig)
}

export function onlyTable(
  classes: readonly unknown[],
  knexConfig: Readonly<Record<string, unknown>> = {},
): DesiredTable {
  const { tables, failures } = describeClasses(classes, knexConfig)
  expect(failures).toEqual([])
  const [table] = tables
  if (table === undefined || tables.length > 1) throw new Error(`${tables.length} tables`)
  return table
}

/** One column of it. */
export function columnOf(schema: object, name = 'it', required: readonly string[] = []) {
  const { table } = tableOf({ properties: { [name]: schema }, required })
  return table.columns.find((column) => column.name === name)
}
