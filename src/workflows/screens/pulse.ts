/** Whether anything was done to the database since somebody looked last. */
import type { Project } from '../../project/project.js'
import { readLog } from '../../runner/history.js'
import { historyTables } from '../../runner/history-tables.js'
import { connectIfThere } from '../session.js'

/** The last position in our log, without a look at the scripts; 0 where there is no database yet. */
export async function pulse({ database }: Project): Promise<{ readonly position: number }> {
  const connection = await connectIfThere(database, { readOnly: true })
  if (connection === null) return { position: 0 }
  try {
    const tables = historyTables(database.versionTable)
    const { last } = await readLog(database.dialect, connection, tables, { ids: false })
    return { position: last }
  } finally {
    await connection.close()
  }
}
