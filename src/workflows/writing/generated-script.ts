/** The script that carries operations out: its parts both ways, and the values that rows need. */
import { MigrateError } from '../../errors.js'
import type { Operation } from '../../operations/operation.js'
import { tableNameBefore } from '../../operations/rename.js'
import { reverseOperations } from '../../operations/reverse.js'
import { typeText } from '../../operations/describe.js'
import type { Column, LiteralValue } from '../../schema/column.js'
import type { DesiredTable } from '../../schema/desired.js'
import type { Schema } from '../../schema/schema.js'
import type { BodyPart, Need } from '../../scripts/writing/body.js'
import { downParts, needsValue, upParts } from '../../scripts/writing/body.js'
import type { Ask, FillQuestion } from '../io.js'
import type { FillAnswer } from '../options.js'
import { requireWholeExpression } from './fill-expression.js'
import { inRecordedWords, withImages } from '../comparing/recorded-images.js'
import type { Session } from '../session.js'

export interface GeneratedScript {
  readonly up: readonly BodyPart[]
  readonly down: readonly BodyPart[]
  /** Columns whose rows still need a value that nobody gave. */
  readonly open: readonly Need[]
  /** Columns whose rows get a value that somebody gave. */
  readonly filled: readonly Need[]
}

/** The database that scripts are generated for. */
type Live = Pick<Session, 'connection' | 'dialect'>

/** What is generated: operations on a schema, and the models that may offer values. */
export interface GenerateRequest {
  readonly operations: readonly Operation[]
  /** What runs before them, in revisions of its own: rows are counted as they are before that. */
  readonly earlier?: readonly Operation[]
  readonly current: Schema
  /** The same tables as the scripts that made them say it, as far as that is known. */
  readonly recorded: Schema
  readonly desired: readonly DesiredTable[]
  readonly fills: readonly FillAnswer[]
}

/**
 * The parts of a script for operations. Where rows exist that a NOT NULL column finds without a
 * value, the options' fill is taken, else a person is asked, else the place stays open.
 */
export async function generateScript(
  session: Live,
  request: GenerateRequest,
  ask: Ask | null,
): Promise<GeneratedScript> {
  const needs: Need[] = []
  for (const operation of request.operations) {
    const need = await needOf(session, request, operation, ask)
    if (need !== null) needs.push(need)
  }
  const { dialect } = session
  const restored = inRecordedWords(request.current, request.recorded, (table) =>
    dialect.canonical(table),
  )
  // Both ways: a comment that this database cannot hold goes with its column's change, and comes back.
  const operations = withImages(request.operations, restored)
  return {
    up: upParts(operations, needs, dialect.facts),
    down: downParts(reverseOperations(operations), restored),
    open: needs.filter((need) => need.sql === null),
    filled: needs.filter((need) => need.sql !== null),
  }
}

/** The columns whose rows need a value, in the order of the operations. */
export async function fillQuestions(
  session: Live,
  request: Pick<GenerateRequest, 'operations' | 'desired'>,
): Promise<readonly FillQuestion[]> {
  const questions: FillQuestion[] = []
  for (const operation of request.operations) {
    const question = await questionOf(session, request, operation)
    if (question !== null) questions.push(question)
  }
  return questions
}

/**
 * Makes sure that every fill is one expression, of a column that rows may need a value in.
 * @throws MigrateError `FILL_BROKEN`, `FILL_UNKNOWN` (exit 2)
 */
export function requireFillsFit(
  operations: readonly Operation[],
  fills: readonly FillAnswer[],
): void {
  const needing = operations.flatMap((operation) => columnInNeed(operation) ?? [])
  for (const fill of fills) requireWholeExpression(fill)
  const stray = fills.find((fill) => !needing.some((asked) => fits(fill, asked)))
  if (stray === undefined) return
  const names = needing.map(({ table, column }) => `${table}.${column.name}`)
  const name = `${stray.table}.${stray.column}`
  throw new MigrateError('FILL_UNKNOWN', 2, `There is nothing to fill in ${name}.`, {
    why: 'A value is filled in where a column that may not be null is new, or becomes so.',
    fix:
      names.length === 0
        ? 'Leave --fill out: no column of this difference needs a value.'
        : `Name one that does: ${names.join(', ')}.`,
    state: 'Nothing was written, and the database was not touched.',
    details: { name, choices: names },
  })
}

function fits({ table, column }: FillAnswer, asked: InNeed): boolean {
  return table === asked.table && column === asked.column.name
}

async function needOf(
  session: Live,
  request: GenerateRequest,
  operation: Operation,
  ask: Ask | null,
): Promise<Need | null> {
  const asked = columnInNeed(operation)
  if (asked === null) return null
  const given = request.fills.find((fill) => fits(fill, asked))
  const question = await questionOf(session, request, operation)
  if (given !== undefined) {
    requireWholeExpression(given)
    // Where the table is empty here, another database may have rows.
    const rows = question?.rows ?? 0
    return { table: asked.table, column: asked.column.name, rows, sql: given.sql }
  }
  if (question === null) return null
  const { table, column, rows } = question
  const base = { table, column, rows }
  const sql = ask === null ? null : await ask.askFill(question)
  if (sql !== null) requireWholeExpression({ table, column, sql })
  return { ...base, sql }
}

async function questionOf(
  session: Live,
  { operations, earlier = [], desired }: Omit<GenerateRequest, 'current' | 'recorded' | 'fills'>,
  operation: Operation,
): Promise<FillQuestion | null> {
  const asked = columnInNeed(operation)
  if (asked === null) return null
  const { table, column, onlyNulls } = asked
  const all = [...earlier, ...operations]
  const live = tableNameBefore(all, table)
  const rows = await countRows(
    session,
    live,
    onlyNulls ? columnBefore(all, table, column.name) : null,
  )
  if (rows === 0) return null
  return {
    table,
    column: column.name,
    type: typeText(column.type),
    rows,
    offered: offeredValue(desired, table, column.name),
  }
}

interface InNeed {
  readonly table: string
  readonly column: Column
  /** Whether only rows without a value need one: the column exists already. */
  readonly onlyNulls: boolean
}

function columnInNeed(operation: Operation): InNeed | null {
  if (operation.kind === 'addColumn' && needsValue(operation.column)) {
    return { table: operation.table, column: operation.column, onlyNulls: false }
  }
  if (operation.kind === 'alterColumn' && operation.from.nullable && !operation.to.nullable) {
    return { table: operation.table, column: operation.to, onlyNulls: true }
  }
  return null
}

/** The name that a column has before the operations; renames of columns name their table as it is after them. */
function columnBefore(operations: readonly Operation[], table: string, column: string): string {
  const renamed = operations.find(
    (one) => one.kind === 'renameColumn' && one.table === table && one.to === column,
  )
  return renamed?.kind === 'renameColumn' ? renamed.from : column
}

/** The rows of a table, or those without a value in one column; 0 where it is not there yet. */
async function countRows(
  { connection, dialect }: Live,
  table: string,
  nullColumn: string | null,
): Promise<number> {
  if (connection === null) return 0
  const from = table.split('.').map(dialect.quote).join('.')
  const where = nullColumn === null ? '' : ` where ${dialect.quote(nullColumn)} is null`
  try {
    const [row] = await connection.query(`select count(*) as n from ${from}${where}`)
    return Number(row?.n ?? 0)
  } catch {
    return 0
  }
}

/** jsonSchema's default for a column as an SQL expression; null where it has none. */
function offeredValue(
  desired: readonly DesiredTable[],
  table: string,
  column: string,
): string | null {
  const owner = desired.find((one) => one.table.name === table)
  const value = owner?.offeredValues[column]
  return value === undefined ? null : literalText(value)
}

function literalText(value: LiteralValue): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return `'${text.replaceAll("'", "''")}'`
}
