/** A stand-in for a copy of a database's structure. */
import type { Connection } from '../../connection.js'
import type { Shadow } from '../../dialect.js'
import { liveContext } from './live-context.js'
import type { TableName } from '../../../schema/table.js'
import { listTables, readPhysical } from '../catalog/introspect.js'
import type { PhysicalTable } from '../catalog/physical.js'
import { openSketch } from './sketch.js'

/** A sketch of the structure of `source`, read as it is needed, or of an empty database. */
export async function shadow(_driver: unknown, source: Connection | null): Promise<Shadow> {
  if (source === null) return shadowOf(openSketch(null))
  const context = await liveContext(source)
  const foreseen = new Map<TableName, PhysicalTable>()
  const connection = openSketch({
    ...context,
    lookup: (name) => {
      const found = foreseen.get(name)
      return found === undefined ? context.lookup(name) : Promise.resolve(found)
    },
    listTables: () => listTables(source),
    read: (sql, bindings) => readOnly(source, () => source.query(sql, bindings)),
  })
  return {
    ...shadowOf(connection),
    foresee: async (tables) => {
      const found = await readPhysical(source, context.server, tables)
      for (const [name, table] of found) foreseen.set(name, table)
    },
  }
}

/** A question may call anything, so it is asked where nothing can be written. */
async function readOnly<T>(source: Connection, read: () => Promise<T>): Promise<T> {
  await source.execute('start transaction read only')
  try {
    return await read()
  } finally {
    await source.execute('rollback')
  }
}

function shadowOf(connection: Connection): Shadow {
  return { connection, close: () => connection.close() }
}
