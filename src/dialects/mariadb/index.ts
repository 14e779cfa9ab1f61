/** MariaDB and MySQL 8, through mysql2 or mysql. */
import type { Dialect } from '../dialect.js'
import { breaks } from './catalog/broken-uses.js'
import { canonicalTable } from './canonical.js'
import { connect, describe } from './connection/connect.js'
import { emit } from './emit/emit.js'
import { facts, offline, operationFacts } from './facts.js'
import { serverExpression } from './expression/expression.js'
import { frame } from './connection/frame.js'
import { introspect, introspectTable, listTables } from './catalog/introspect.js'
import { literal, quote, USUAL_SPELLING } from './quote.js'
import { explain } from './connection/server-error.js'
import { settle } from './settle.js'
import { shadow } from './emit/shadow.js'

export const mariadb: Dialect = {
  name: 'mariadb',
  facts,
  connect,
  describe,
  fileOf: () => null,
  // Each of Knex's two clients has its own driver.
  driverPackage: (client) => (client === 'mysql' ? 'mysql' : 'mysql2'),
  listTables,
  introspect,
  introspectTable,
  canonical: canonicalTable,
  settle,
  explain,
  emit,
  breaks,
  operationFacts,
  offline,
  literal,
  quote,
  expression: (sql) => serverExpression(sql, USUAL_SPELLING),
  frame,
  shadow,
  backup: () => Promise.resolve(null),
}
