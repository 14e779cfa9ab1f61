/** A look at the values of a column, on request. */
import type { Connection, Row } from '../../dialects/connection.js'
import type { Dialect } from '../../dialects/dialect.js'
import { MigrateError } from '../../errors.js'
import type { Project } from '../../project/project.js'
import type { SampleDocument } from './screen-documents.js'
import { inSession } from '../session.js'

/** How many samples are shown, of the first so many rows, each of at most so many characters. */
const SAMPLES = 5
const ROWS = 1000
const LENGTH = 200

/** What to look at, by its name in the database. */
export interface SampleWish {
  readonly table: string
  readonly column: string
}

/**
 * How many rows have a value, and some of the values.
 * @throws MigrateError `SAMPLE_MISSING` (exit 2) where there is no such column
 */
export function samples(project: Project, wish: SampleWish): Promise<SampleDocument> {
  return inSession(project, { readOnly: true }, async ({ dialect, connection }) => {
    if (connection === null) throw missing(wish)
    const table = await dialect.introspectTable(connection, wish.table)
    const column = table?.columns.find(({ name }) => name === wish.column)
    if (column === undefined) throw missing(wish)
    const from = wish.table.split('.').map(dialect.quote).join('.')
    const quoted = dialect.quote(wish.column)
    const [counts] = await connection.query(
      `select count(*) as total, count(${quoted}) as filled from ${from}`,
    )
    const values = await someValues(dialect, connection, { from, quoted })
    return {
      values: Number(counts?.filled ?? 0),
      rows: Number(counts?.total ?? 0),
      samples: [...new Set(values.map(textOf))].slice(0, SAMPLES),
    }
  })
}

interface Quoted {
  readonly from: string
  readonly quoted: string
}

async function someValues(
  dialect: Dialect,
  connection: Connection,
  { from, quoted }: Quoted,
): Promise<readonly unknown[]> {
  const value = dialect.quote('value')
  const present = `select ${quoted} as ${value} from ${from} where ${quoted} is not null limit`
  const valuesOf = (rows: readonly Row[]): readonly unknown[] => rows.map((row) => row.value)
  try {
    const distinct = `select distinct ${value} from (${present} ${ROWS}) some_rows limit ${SAMPLES}`
    return valuesOf(await connection.query(distinct))
  } catch {
    // Values of some types (json of PostgreSQL) cannot be told apart by the engine.
    return valuesOf(await connection.query(`${present} ${SAMPLES}`))
  }
}

function textOf(value: unknown): string {
  const text = fullText(value)
  return text.length > LENGTH ? `${text.slice(0, LENGTH - 1)}…` : text
}

function fullText(value: unknown): string {
  if (typeof value === 'string') return value
  if (value instanceof Date) return value.toISOString()
  if (value instanceof Uint8Array) return `0x${Buffer.from(value).toString('hex')}`
  if (typeof value === 'bigint') return String(value)
  return JSON.stringify(value)
}

function missing({ table, column }: SampleWish): MigrateError {
  return new MigrateError(
    'SAMPLE_MISSING',
    2,
    `There is no column ${table}.${column} to look at.`,
    {
      fix: 'Compare again: the database may have changed.',
    },
  )
}
