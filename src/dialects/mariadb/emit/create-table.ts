/** The statement that makes a table with all that belongs to it. */
import type { Table } from '../../../schema/table.js'
import type { ParentTypes } from './align.js'
import { aligned, heldColumns } from './align.js'
import {
  checkDefinition,
  columnDefinition,
  foreignKeyDefinition,
  indexDefinition,
  optionTexts,
} from './definitions.js'
import { indexOfUnique, physicalTable } from '../catalog/neutral-table.js'
import type { PhysicalTable } from '../catalog/physical.js'
import { quoteList, quoteTable, quoteText } from '../quote.js'
import type { Server } from '../connection/server.js'
import { withSupport } from './support.js'
import { newIndex } from './work-table.js'

export interface CreatedTable {
  readonly sql: string
  /** As the server then holds it. */
  readonly table: PhysicalTable
}

/** One CREATE TABLE: it is made whole or not at all. */
export function createTable(table: Table, parents: ParentTypes, server: Server): CreatedTable {
  const bare: PhysicalTable = {
    ...physicalTable(table),
    indexes: [...table.uniques.map(indexOfUnique), ...table.indexes.map(newIndex)],
  }
  const is = aligned(bare, parents)
  const whole = withSupport(bare, bare, is)
  const columns = heldColumns(whole.columns, whole.primaryKey, is)
  const context = { server, columns }
  const named = new Set(whole.foreignKeys.map((key) => key.realName))
  const parts = [
    ...columns.map((column) => columnDefinition(column, server)),
    ...(whole.primaryKey === null ? [] : [`primary key (${quoteList(whole.primaryKey)})`]),
    ...whole.indexes
      // The index of a foreign key that nothing is said of comes with it.
      .filter(
        (index) => index.comment !== '' || bare.indexes.includes(index) || !named.has(index.name),
      )
      .map((index) => indexDefinition(index, context)),
    ...whole.checks.map(({ check }) => checkDefinition(check, server)),
    ...whole.foreignKeys.map((key) => foreignKeyDefinition(key.realName, key.foreignKey)),
  ]
  const comment =
    table.comment === null || table.comment === ''
      ? []
      : [`comment = ${quoteText(table.comment, server)}`]
  const tail = [...optionTexts(table.options), ...comment]
  const sql = `create table ${quoteTable(table.name)} (${parts.join(', ')})${tail.map((text) => ` ${text}`).join('')}`
  return { sql, table: { ...whole, columns } }
}
