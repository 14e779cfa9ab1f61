/** The numbers that AUTOINCREMENT gives: SQLite keeps the highest ever given, by table. */
import type { Connection } from '../../connection.js'
import { fold } from '../names.js'

/** The last number given in a table; null where none was yet. Only where some table counts. */
export async function lastNumber(connection: Connection, table: string): Promise<number | null> {
  const [row] = await connection.query(
    'select seq from sqlite_sequence where name = ? collate nocase',
    [fold(table)],
  )
  return row === undefined ? null : Number(row.seq)
}
