/** PostgreSQL, through pg. */
import type { Dialect } from '../dialect.js'
import { addressOf, placeOf } from './connection/address.js'
import { canonical } from './canonical.js'
import { connect } from './connection/connect.js'
import { postgresConnection } from './connection/session.js'
import { emit } from './emit/emit.js'
import { facts, offline, operationFacts } from './facts.js'
import { frame } from './connection/frame.js'
import { introspect, introspectTable, listTables } from './catalog/introspect.js'
import { literal } from './literal.js'
import { quote } from './names.js'
import { explainServerError } from './connection/server-error.js'
import { connectionLost, isLost } from './connection/connect-error.js'
import { queryUnhidden } from './connection/row-security.js'
import { settle } from './settle.js'
import { shadow } from './sketch/shadow.js'

export const postgres: Dialect = {
  name: 'postgres',
  facts,
  connect,
  describe({ connection }) {
    const address = addressOf(connection)
    return `${placeOf(address)}/${address.database ?? ''}`
  },
  fileOf: () => null,
  driverPackage: () => 'pg',
  listTables,
  introspect,
  introspectTable,
  canonical: (table) => canonical(table),
  settle,
  queryUnhidden,
  explain(thrown, connection) {
    if (!isLost(thrown)) return explainServerError(thrown)
    const first = connection === undefined ? null : postgresConnection(connection).endedBy()
    return connectionLost(first ?? thrown, null)
  },
  emit,
  operationFacts,
  offline,
  literal,
  quote,
  insertFromJson(table, columns) {
    const list = columns.map(quote).join(', ')
    return `insert into ${table} (${list}) select ${list} from json_populate_recordset(null::${table}, ?)`
  },
  frame,
  shadow,
  backup: () => Promise.resolve(null),
}
