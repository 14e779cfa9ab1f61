/** A name for something that is only there for a moment. */
import type { Connection } from '../../connection.js'

/** The name, with a number behind it where the database has an object of that name. */
export async function freeName(connection: Connection, wanted: string): Promise<string> {
  for (let number = 0; ; number += 1) {
    const name = number === 0 ? wanted : `${wanted}_${number}`
    const rows = await connection.query(
      'select 1 from sqlite_master where name = ? collate nocase limit 1',
      [name],
    )
    if (rows.length === 0) return name
  }
}
