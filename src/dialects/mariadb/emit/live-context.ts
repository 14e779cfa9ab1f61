/** What writing statements needs to know, read from the database as it stands. */
import type { TableName } from '../../../schema/table.js'
import type { Connection } from '../../connection.js'
import { parseType } from '../parse-type.js'
import { neutralType } from '../types.js'
import { type EmitContext, referrersIn } from './emit-context.js'
import { physicalNow, serverNow } from '../catalog/introspect.js'
import type { PhysicalTable } from '../catalog/physical.js'
import { splitTable } from '../quote.js'
import { text } from '../connection/server.js'

const REFERRERS = `select distinct table_schema as db, table_name as tbl
  from information_schema.key_column_usage
  where referenced_table_schema = coalesce(?, database()) and referenced_table_name = ?`

const TYPES = `select column_name as name, column_type as type from information_schema.columns
  where table_schema = coalesce(?, database()) and table_name = ?`

/** The database as it stands in a connection. */
export async function liveContext(connection: Connection): Promise<EmitContext> {
  const server = await serverNow(connection)
  const lookup = (name: TableName): Promise<PhysicalTable | null> =>
    physicalNow(connection, server, name)
  return {
    server,
    lookup,
    async typesOf(name) {
      const { database, name: own } = splitTable(name)
      const rows = await connection.query(TYPES, [database, own])
      const types = rows.map((row) => [text(row, 'name'), parseType(text(row, 'type'))] as const)
      return new Map(
        types.flatMap(([column, type]) => (type === null ? [] : [[column, neutralType(type)]])),
      )
    },
    async referrers(name) {
      const { database, name: own } = splitTable(name)
      const rows = await connection.query(REFERRERS, [database, own])
      const names = rows.map((row) => {
        const schema = text(row, 'db')
        return `${schema === server.database ? '' : `${schema}.`}${text(row, 'tbl')}`
      })
      const tables: PhysicalTable[] = []
      for (const each of names.filter((other) => other !== name)) {
        const table = await lookup(each)
        if (table !== null) tables.push(table)
      }
      return referrersIn(tables, name)
    },
  }
}
