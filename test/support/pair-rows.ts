/** The rows of a pair's tables: what goes in, and what has to come out. */
import type { Connection } from '../../src/dialects/connection.js'
import { sqlite } from '../../src/dialects/sqlite/index.js'
import { MigrateError } from '../../src/errors.js'
import { isSame } from '../../src/operations/equal.js'
import type { Column } from '../../src/schema/column.js'
import type { Table } from '../../src/schema/table.js'

const quote = sqlite.quote

/** Names of columns by table. */
export type KeptColumns = ReadonlyMap<string, readonly string[]>

/** Columns that are the same in both schemas, by table. */
export function keptColumns(before: readonly Table[], after: readonly Table[]): KeptColumns {
  const same = (a: Column, b: Column | undefined): boolean => b !== undefined && isSame(a, b)
  return new Map(
    before.flatMap((table) => {
      const other = after.find((one) => one.name === table.name)
      if (other === undefined) return []
      const columns = table.columns.filter(
        (column) =>
          column.generated === null &&
          same(
            column,
            other.columns.find((one) => one.name === column.name),
          ),
      )
      return columns.length === 0
        ? []
        : [[table.name, columns.map((column) => column.name)] as const]
    }),
  )
}

interface TableRows {
  readonly table: string
  /** Each as JSON, sorted. */
  readonly rows: readonly string[]
}

/** What the kept columns hold. */
export async function rowsOf(
  connection: Connection,
  kept: KeptColumns,
): Promise<readonly TableRows[]> {
  const found: TableRows[] = []
  for (const [table, columns] of kept) {
    const rows = await connection.query(
      `select ${columns.map(quote).join(', ')} from ${quote(table)}`,
    )
    found.push({ table, rows: rows.map((row) => JSON.stringify(row)).toSorted() })
  }
  return found
}

/** Up to four rows; what the table does not take is left out. */
export async function fillTable(
  connection: Connection,
  table: Table,
  seeds: readonly number[],
): Promise<void> {
  const columns = table.columns.filter((column) => column.generated === null)
  await connection.execute('pragma foreign_keys = off')
  for (let row = 0; row < 4; row += 1) {
    const values = columns.map((column, i) =>
      valueOf(table, column, { row: row + 1, seed: seeds[(row * 5 + i) % seeds.length] ?? 0 }),
    )
    const marks = columns.map(() => '?').join(', ')
    try {
      await connection.execute(
        `insert or ignore into ${quote(table.name)} (${columns.map(({ name }) => quote(name)).join(', ')}) values (${marks})`,
        values,
      )
    } catch (thrown) {
      // An integer primary key takes no text, and INSERT OR IGNORE refuses it all the same.
      if (!(thrown instanceof MigrateError) || thrown.code !== 'ROWS_VIOLATE') throw thrown
    }
  }
}

interface Chosen {
  /** The number of the row, from 1. */
  readonly row: number
  readonly seed: number
}

function valueOf(
  { foreignKeys }: Table,
  { name, nullable, type }: Column,
  { row, seed }: Chosen,
): string | number | null {
  if (type.kind === 'increments' || type.kind === 'bigIncrements') return row
  // Counters begin at 1, so that a number of a row is often one that a key may point at.
  if (foreignKeys.some((key) => key.columns.includes(name))) {
    return nullable && seed % 2 === 0 ? null : row
  }
  if (nullable && seed % 4 === 0) return null
  if (type.kind === 'enum') return type.values[seed % type.values.length] ?? ''
  return seed % 2 === 0 ? seed : `v${seed}`
}
