/** Holds what all models say together: one description for each table. */
import { isDeepStrictEqual } from 'node:util'
import type { DesiredTable, LoadFailure } from '../../schema/desired.js'
import type { Table, TableName } from '../../schema/table.js'
import type { DeclaredModel, InferredModel, Reference, Relations } from './described.js'
import { acceptedReferences } from './foreign-keys.js'
import type { KnownReferences, KnownTable } from './foreign-keys.js'
import { groupBy } from '../group-by.js'
import { inferredTable, joinTable, knownTable } from './inferred-table.js'

export interface United {
  /** Declared ones, inferred ones, join tables. */
  readonly tables: readonly DesiredTable[]
  /** Tables that two models declare differently; they are in no other list. */
  readonly failures: readonly LoadFailure[]
}

export function uniteModels(
  declared: readonly DeclaredModel[],
  inferred: readonly InferredModel[],
  relations: Relations,
): United {
  const declaredBy = groupBy(declared, ({ table }) => table)
  const inferredBy = groupBy(
    inferred.filter(({ table }) => !declaredBy.has(table)),
    ({ table }) => table,
  )
  const joinsBy = groupBy(
    relations.joins.filter(({ table }) => !declaredBy.has(table) && !inferredBy.has(table)),
    ({ table }) => table,
  )
  const known = knownReferences(declaredBy, inferredBy, [
    // What is declared needs no guesses.
    ...relations.references.filter(({ table }) => !declaredBy.has(table)),
    ...[...joinsBy.values()].flatMap((joins) => joins.flatMap(({ references }) => references)),
  ])
  const failures = [...declaredBy.values()].flatMap(differences)
  const tables = [
    ...[...declaredBy.values()].flatMap((models) =>
      differences(models).length > 0 ? [] : declaredTable(models, inferred),
    ),
    ...[...inferredBy].map(([name, models]) => inferredTable(name, models, known)),
    ...[...joinsBy].map(([name, joins]) => joinTable(name, joins, known)),
  ]
  return { tables, failures }
}

/** The models that only infer are named too: the table is theirs as well. */
function declaredTable(
  models: readonly DeclaredModel[],
  inferred: readonly InferredModel[],
): readonly DesiredTable[] {
  const [first] = models
  if (first === undefined) return []
  const others = inferred.filter(({ table }) => table === first.table)
  return [
    {
      table: first.declared,
      source: 'declared',
      models: [...models, ...others].map(({ source }) => source),
      offeredValues: Object.fromEntries(models.flatMap(({ offered }) => Object.entries(offered))),
      assumed: [],
      expectations: [],
    },
  ]
}

function knownReferences(
  declaredBy: ReadonlyMap<TableName, readonly DeclaredModel[]>,
  inferredBy: ReadonlyMap<TableName, readonly InferredModel[]>,
  references: readonly Reference[],
): KnownReferences {
  const tables = new Map<TableName, KnownTable>()
  for (const [name, [first]] of declaredBy) {
    if (first !== undefined) tables.set(name, knownDeclared(first.declared))
  }
  for (const [name, models] of inferredBy) tables.set(name, knownTable(models))
  return {
    all: groupBy(references, ({ table }) => table),
    accepted: acceptedReferences(references, tables),
    tables,
  }
}

function knownDeclared(table: Table): KnownTable {
  return {
    types: new Map(table.columns.map(({ name, type }) => [name, type])),
    keys: [table.primaryKey, ...table.uniques].flatMap((key) =>
      key === null ? [] : [key.columns],
    ),
  }
}

/** One failure for each model whose `defineTable` says otherwise than the first one's. */
function differences(models: readonly DeclaredModel[]): readonly LoadFailure[] {
  const [first, ...others] = models
  if (first === undefined) return []
  return others.flatMap((other) => {
    const what = firstDifference(first.declared, other.declared)
    if (what === null) return []
    const { model, file } = other.source
    return [
      {
        file,
        model,
        code: 'MODEL_TABLES_DIFFER',
        reason: `${model} (${file}) and ${first.source.model} (${first.source.file}) both define the table ${first.table}, and differ in ${what}`,
      },
    ]
  })
}

function firstDifference(one: Table, other: Table): string | null {
  if (isDeepStrictEqual(one, other)) return null
  const names = new Set([...one.columns, ...other.columns].map(({ name }) => name))
  for (const name of names) {
    const [left, right] = [one, other].map(({ columns }) => columns.find((c) => c.name === name))
    if (!isDeepStrictEqual(left, right)) return `the column ${name}`
  }
  return nameOfPart(one, other) ?? 'the order of their columns'
}

function nameOfPart(one: Table, other: Table): string | null {
  if (!isDeepStrictEqual(one.primaryKey, other.primaryKey)) return 'the primary key'
  for (const part of ['uniques', 'indexes', 'foreignKeys', 'checks'] as const) {
    const left = new Map(one[part].map((object) => [object.name, object]))
    const right = new Map(other[part].map((object) => [object.name, object]))
    const name = [...left.keys(), ...right.keys()].find(
      (key) => !isDeepStrictEqual(left.get(key), right.get(key)),
    )
    if (name !== undefined) return name
  }
  return isDeepStrictEqual(one.comment, other.comment) ? null : 'the comment'
}
