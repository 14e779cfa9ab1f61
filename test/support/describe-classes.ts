/** What classes describe, read in this process, with the real Knex and Objection. */
import path from 'node:path'
import knex from 'knex'
import { Model } from 'objection'
import type { RelationMappings, RelationType } from 'objection'
import { describeModels } from '../../src/models/describing/describe-models.js'
import type { DescribedModels } from '../../src/models/describing/describe-models.js'
import { createFrames } from '../../src/models/loading/frames.js'
import { identifiersOf } from '../../src/models/describing/identifiers.js'
import { isModelClass } from '../../src/models/model-class.js'
import { createTracker } from '../../src/models/loading/tracker.js'
import { uniteModels } from '../../src/models/describing/unite.js'
import type { United } from '../../src/models/describing/unite.js'
import type { DesiredTable } from '../../src/schema/desired.js'
import { modelRecorder } from '../../src/vocabulary/client.js'

/** Each class is taken to stand in a file of its own name. */
export function describeClasses(
  classes: readonly unknown[],
  knexConfig: Readonly<Record<string, unknown>> = {},
): United & Pick<DescribedModels, 'notes'> {
  const config = { client: 'better-sqlite3', ...knexConfig }
  const described = describeModels(
    {
      tracker: createTracker([], () => undefined),
      frames: createFrames(path.resolve('test/models')),
      guards: {
        outputOf: () => '',
        exitOf: () => null,
        lateErrors: () => [],
        end: () => {
          throw new Error('nothing ends here')
        },
      },
      identifiers: identifiersOf(config),
      recorder: () => modelRecorder(knex, config),
    },
    classes.filter(isModelClass).map((model) => ({
      model,
      name: model.name,
      file: `src/models/${model.name.toLowerCase()}.ts`,
    })),
  )
  const united = uniteModels(described.declared, described.inferred, described)
  return {
    ...united,
    failures: [...described.failures, ...united.failures],
    notes: described.notes,
  }
}

/** The table of that name. */
export function tableNamed({ tables }: United, name: string): DesiredTable {
  const found = tables.find(({ table }) => table.name === name)
  if (found === undefined) throw new Error(`no table ${name}`)
  return found
}

/** The foreign keys of a table: `team_id -> teams.id`. */
export function keysOf(united: United, name: string): readonly string[] {
  return tableNamed(united, name).table.foreignKeys.map(
    ({ columns, refTable, refColumns }) =>
      `${columns.join('+')} -> ${refTable}.${refColumns.join('+')}`,
  )
}

/** The kind of a column's type. */
export function typeOf(united: United, table: string, column: string): string | undefined {
  return tableNamed(united, table).table.columns.find(({ name }) => name === column)?.type.kind
}

/** A class with a table, named after it, and relations that are read when they are asked for. */
export function model(
  tableName: string,
  relationMappings: () => RelationMappings = () => ({}),
  more: Readonly<Record<string, unknown>> = {},
): typeof Model {
  const name = tableName.charAt(0).toUpperCase() + tableName.slice(1, -1)
  const made = { [name]: class extends Model {} }[name] ?? Model
  Object.assign(made, { tableName, relationMappings, ...more })
  return made
}

/** A relation that joins two columns, or two lists of them. */
export function relation(
  kind: RelationType,
  modelClass: () => typeof Model,
  from: string | string[],
  to: string | string[],
  more: Readonly<Record<string, unknown>> = {},
): RelationMappings[string] {
  return { relation: kind, modelClass, join: { from, to }, ...more }
}
