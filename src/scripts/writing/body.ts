/** What a generated script does, in parts: schema calls, and the data that rows need between them. */
import type { DialectFacts } from '../../dialects/facts.js'
import { isCounter } from '../../operations/counter.js'
import { isSame } from '../../operations/equal.js'
import type { Operation } from '../../operations/operation.js'
import type { Column } from '../../schema/column.js'
import type { Schema } from '../../schema/schema.js'
import type { Table, TableName } from '../../schema/table.js'
import { stringText } from '../../vocabulary/writing/source-text.js'
import { standIn } from './stand-in.js'

export type BodyPart =
  | { readonly kind: 'operations'; readonly operations: readonly Operation[] }
  /** Gives the rows that have no value one. */
  | {
      readonly kind: 'update'
      readonly table: TableName
      readonly column: string
      /** Source text of the value: `1`, `'new'`, `knex.raw('lower(name)')`. */
      readonly value: string
      /** Whether the column was there before, so that most rows have a value already. */
      readonly onlyNulls: boolean
      /** Why this value, as a comment; null where the person chose it. */
      readonly comment: string | null
    }
  /** Nobody said which value: the script says what to fill in, and refuses to run until it is. */
  | {
      readonly kind: 'fillIn'
      readonly table: TableName
      readonly column: Column
      readonly rows: number
    }

/** A column whose rows need a value before it may be NOT NULL. */
export interface Need {
  readonly table: TableName
  readonly column: string
  readonly rows: number
  /** The SQL expression that was chosen; null: nobody said. */
  readonly sql: string | null
}

/**
 * The parts of an `up`: a NOT NULL column that needs values is added nullable, filled, and only
 * then made NOT NULL.
 */
export function upParts(
  operations: readonly Operation[],
  needs: readonly Need[],
  { numbersQuestionMarks }: Pick<DialectFacts, 'numbersQuestionMarks'>,
): readonly BodyPart[] {
  return assemble(operations, ({ table, column, onlyNulls }) => {
    const need = needs.find((one) => one.table === table && one.column === column.name)
    if (need === undefined) return null
    return need.sql === null
      ? { kind: 'fillIn', table, column, rows: need.rows }
      : {
          kind: 'update',
          table,
          column: column.name,
          value: valueOf(need.sql, numbersQuestionMarks),
          onlyNulls,
          comment: null,
        }
  })
}

/**
 * The parts of a `down`, whose operations are given in the order in which they run. A NOT NULL
 * column that comes back finds rows without its old values, so a stand-in fills it.
 * `schema` is the one that `down` leads to.
 */
export function downParts(operations: readonly Operation[], schema: Schema): readonly BodyPart[] {
  const created = new Set(
    operations.flatMap((operation) =>
      operation.kind === 'createTable' ? [operation.table.name] : [],
    ),
  )
  // What comes back in the same run has no rows or no values yet that could stand in.
  const comesBack = (table: TableName, columns: readonly string[]): boolean =>
    created.has(table) ||
    operations.some(
      (operation) =>
        operation.kind === 'addColumn' &&
        operation.table === table &&
        columns.includes(operation.column.name),
    )
  return assemble(operations, ({ table, column, onlyNulls }) => {
    if (created.has(table)) return null
    const owner = schema.tables.find((one) => one.name === table)
    if (owner === undefined) return null
    const comment = onlyNulls
      ? `${column.name} may not be null again; this stands in where it is.`
      : `The old values of ${column.name} are gone; this stands in for them.`
    return {
      kind: 'update',
      table,
      column: column.name,
      value: standIn(settled(owner, comesBack), column),
      onlyNulls,
      comment,
    }
  })
}

type ComesBack = (table: TableName, columns: readonly string[]) => boolean

/** A table with only those keys whose columns have their values already. */
function settled(table: Table, comesBack: ComesBack): Table {
  const { primaryKey, foreignKeys } = table
  return {
    ...table,
    primaryKey:
      primaryKey === null || comesBack(table.name, primaryKey.columns) ? null : primaryKey,
    foreignKeys: foreignKeys.filter((key) => !comesBack(key.refTable, key.refColumns)),
  }
}

/** Whether a column can be added to a table with rows only if they get a value from somewhere. */
export function needsValue(column: Column): boolean {
  const counts = column.type.kind === 'increments' || column.type.kind === 'bigIncrements'
  const filled = column.default !== null || column.generated !== null || column.identity !== null
  return !column.nullable && !counts && !filled
}

interface Filling {
  readonly table: TableName
  readonly column: Column
  readonly onlyNulls: boolean
}

type Fill = (filling: Filling) => BodyPart | null

function assemble(operations: readonly Operation[], fill: Fill): readonly BodyPart[] {
  const parts: BodyPart[] = []
  let run: Operation[] = []
  const flush = (): void => {
    if (run.length > 0) parts.push({ kind: 'operations', operations: run })
    run = []
  }
  for (const operation of operations) {
    const filled = filledOf(operation, fill)
    if (filled === null) {
      run.push(operation)
      continue
    }
    run.push(...filled.before)
    flush()
    parts.push(filled.part)
    run.push(...filled.after)
  }
  flush()
  return parts
}

interface Filled {
  readonly before: readonly Operation[]
  readonly part: BodyPart
  readonly after: readonly Operation[]
}

function filledOf(operation: Operation, fill: Fill): Filled | null {
  if (operation.kind === 'addColumn' && needsValue(operation.column)) {
    const { table, column } = operation
    const part = fill({ table, column, onlyNulls: false })
    if (part === null) return null
    const open: Column = { ...column, nullable: true }
    return {
      before: [{ kind: 'addColumn', table, column: open }],
      part,
      after: [{ kind: 'alterColumn', table, from: open, to: column }],
    }
  }
  if (operation.kind === 'alterColumn' && operation.from.nullable && !operation.to.nullable) {
    const { table, from, to } = operation
    const part = fill({ table, column: to, onlyNulls: true })
    if (part === null) return null
    if (isSame(from.type, to.type) || isCounter(to)) return { before: [], part, after: [operation] }
    // The value is one of the new type, which not every engine puts into a column of the old one.
    const open: Column = { ...to, nullable: true }
    return {
      before: [{ ...operation, to: open }],
      part,
      after: [{ ...operation, from: open }],
    }
  }
  return null
}

/** The source text of a value that a person wrote as an SQL expression. */
function valueOf(sql: string, escapesQuestionMarks: boolean): string {
  const text = sql.trim()
  if (/^-?\d+(\.\d+)?$/.test(text) || /^(true|false)$/i.test(text)) return text.toLowerCase()
  const literal = /^'((?:[^']|'')*)'$/.exec(text)?.[1]
  if (literal !== undefined) return stringText(literal.replaceAll("''", "'"))
  return `knex.raw(${stringText(escapesQuestionMarks ? text.replaceAll('?', String.raw`\?`) : text)})`
}
