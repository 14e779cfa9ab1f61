/** A copy of a database's structure in memory, on which statements can be tried. */
import type { Connection, ConnectionSettings } from '../../connection.js'
import type { Shadow } from '../../dialect.js'
import { readCatalog } from '../catalog/catalog.js'
import { connectionOf, makeReady, readyLike } from './connect.js'
import { explain } from './explain.js'
import { shadowTables } from '../catalog/introspect.js'
import type { Session } from './session.js'
import { openSession } from './session.js'
import { copyStructure } from '../catalog/structure.js'

export async function shadow(
  driver: unknown,
  source: Connection | null,
  afterCreate?: ConnectionSettings['afterCreate'],
): Promise<Shadow> {
  const session = await openSession(driver, ':memory:', {
    readOnly: false,
    create: true,
    nativeBinding: null,
    flags: 0,
  })
  try {
    if (source === null) {
      await makeReady(session, afterCreate)
    } else {
      await readyLike(source, session)
      await copyInto(session, source)
    }
  } catch (thrown) {
    await session.close()
    throw explain(thrown)
  }
  const connection = connectionOf(session)
  return { connection, close: () => connection.close() }
}

/** Gives an empty session the structure of a database. */
export async function copyInto(session: Session, source: Connection): Promise<void> {
  const rows = await readCatalog(source)
  await copyStructure(session, rows, await shadowTables(source, rows))
}
