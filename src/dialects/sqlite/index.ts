/** SQLite, through better-sqlite3 or sqlite3. */
import type { Dialect } from '../dialect.js'
import { backup } from './connection/backup.js'
import { canonical } from './canonical.js'
import { connect } from './connection/connect.js'
import { emit } from './emit/emit.js'
import { facts, offline, operationFacts } from './facts.js'
import { frame } from './connection/frame.js'
import { introspect, introspectTable, listTables } from './catalog/introspect.js'
import { literal } from './literal.js'
import { describe, fileOf } from './connection/location.js'
import { quote } from './names.js'
import { shadow } from './connection/shadow.js'

export const sqlite: Dialect = {
  name: 'sqlite',
  facts,
  connect,
  describe,
  fileOf,
  driverPackage: (client) => (client === 'sqlite3' ? 'sqlite3' : 'better-sqlite3'),
  listTables,
  introspect,
  introspectTable,
  canonical,
  emit,
  operationFacts,
  offline,
  literal,
  quote,
  frame,
  shadow,
  backup,
}
