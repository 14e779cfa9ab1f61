/**
 * What a `down` restores, in the words of the script that made it: a database that has no word for
 * `jsonb` or for a comment has lost it, and the script may run on another that has.
 */
import { applyOperations } from '../../operations/apply.js'
import { isSame } from '../../operations/equal.js'
import type { Operation } from '../../operations/operation.js'
import { tableNameBefore } from '../../operations/rename.js'
import type { Schema } from '../../schema/schema.js'
import { EMPTY_SCHEMA } from '../../schema/schema.js'
import type { Table } from '../../schema/table.js'
import type { Session } from '../session.js'
import { stepsNaming } from './steps-naming.js'

/**
 * The tables that operations take something from, as the applied revisions made them; `earlier` run
 * between those and the operations. A table that was renamed is followed under its older names.
 */
export async function recordedSchema(
  session: Session,
  operations: readonly Operation[],
  earlier: readonly Operation[] = [],
): Promise<Schema> {
  const coming = [...earlier, ...operations]
  const taken = operations.flatMap((each) => (takesFrom(each) ? tablesOf(each) : []))
  const names = taken.map((name) => tableNameBefore(coming, name))
  try {
    const steps = await stepsNaming(session, names)
    return schemaAfter([...steps.flatMap((step) => step.operations), ...earlier])
  } catch {
    // An old script that cannot be followed any more leaves what the database itself says.
    return EMPTY_SCHEMA
  }
}

/** The schema as the database has it, in the recorded words wherever both come to the same. */
export function inRecordedWords(
  current: Schema,
  recorded: Schema,
  canonical: (table: Table) => Table,
): Schema {
  const byName = new Map(recorded.tables.map((table) => [table.name, table]))
  const tables = current.tables.map((live) => {
    const said = byName.get(live.name)
    return said === undefined ? live : merged(live, said, canonical)
  })
  return { ...current, tables }
}

/** The operations with what they take away in the words of `schema`, on which they begin. */
export function withImages(operations: readonly Operation[], schema: Schema): readonly Operation[] {
  if (!operations.some(takesFrom)) return operations
  let now = schema
  return operations.map((operation) => {
    const imaged = takesFrom(operation) ? withImage(operation, now) : operation
    now = applyOperations(now, [imaged])
    return imaged
  })
}

function withImage(operation: Operation, { tables }: Schema): Operation {
  const [name] = tablesOf(operation)
  const table = tables.find((each) => each.name === name)
  if (table === undefined) return operation
  const named = <T extends { readonly name: string }>(list: readonly T[], own: T): T =>
    list.find((each) => each.name === own.name) ?? own
  switch (operation.kind) {
    case 'dropTable':
      return { ...operation, table }
    case 'dropColumn':
      return { ...operation, column: named(table.columns, operation.column) }
    case 'alterColumn':
      return { ...operation, from: named(table.columns, operation.from) }
    case 'dropIndex':
      return { ...operation, index: named(table.indexes, operation.index) }
    case 'dropCheck':
      return { ...operation, check: named(table.checks, operation.check) }
    case 'dropForeignKey':
      return { ...operation, foreignKey: named(table.foreignKeys, operation.foreignKey) }
    default:
      return operation
  }
}

const TAKING: readonly Operation['kind'][] = [
  'dropTable',
  'dropColumn',
  'alterColumn',
  'dropIndex',
  'dropCheck',
  'dropForeignKey',
]

function takesFrom({ kind }: Operation): boolean {
  return TAKING.includes(kind)
}

function tablesOf(operation: Operation): readonly string[] {
  if (!('table' in operation)) return []
  return [typeof operation.table === 'string' ? operation.table : operation.table.name]
}

/** Whatever can be followed; an operation that does not fit leaves its table as it was. */
function schemaAfter(operations: readonly Operation[]): Schema {
  let schema = EMPTY_SCHEMA
  for (const operation of operations) {
    try {
      schema = applyOperations(schema, [operation])
    } catch {
      continue
    }
  }
  return schema
}

function merged(live: Table, said: Table, canonical: (table: Table) => Table): Table {
  const [mine, theirs] = [canonical(live), canonical(said)]
  const words = <T extends { readonly name: string }>(
    of: (table: Table) => readonly T[],
  ): readonly T[] => {
    const saidBy = new Map(of(said).map((each) => [each.name, each]))
    const [before, after] = [mine, theirs].map(
      (table) => new Map(of(table).map((each) => [each.name, each])),
    )
    return of(live).map((each) => {
      const other = saidBy.get(each.name)
      const form = before?.get(each.name)
      return other !== undefined && form !== undefined && isSame(form, after?.get(each.name))
        ? other
        : each
    })
  }
  return {
    ...live,
    columns: words((table) => table.columns),
    indexes: words((table) => table.indexes),
    uniques: words((table) => table.uniques),
    foreignKeys: words((table) => table.foreignKeys),
    checks: words((table) => table.checks),
    comment: mine.comment === theirs.comment ? said.comment : live.comment,
    options: isSame(mine.options, theirs.options) ? said.options : live.options,
  }
}
