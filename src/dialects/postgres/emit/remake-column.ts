/** A column dropped and added again, with what goes with it: for computed columns, whose values are not lost. */
import { impliedDrops } from '../../../operations/drop-column.js'
import { columnsIn } from '../../../operations/expression.js'
import type { TableOperation } from '../../../operations/operation.js'
import { reverseOperations } from '../../../operations/reverse.js'
import type { Column } from '../../../schema/column.js'
import type { Dependents } from './survey.js'
import { quote, quoteName } from '../names.js'
import { columnText } from './column-text.js'
import {
  checkText,
  createIndexText,
  foreignKeyText,
  primaryKeyText,
  uniqueText,
} from './constraint-text.js'
import type { EmitContext } from './context.js'
import { columnCommentTexts } from './create-table.js'

/** The statements that drop a column and add it as `to`, its keys, indexes and checks made again. */
export function remakeColumn(
  context: EmitContext,
  table: string,
  change: { readonly now: Column; readonly to: Column },
): Dependents {
  const live = context.table(table)
  const implied = live === null ? [] : impliedDrops(live, change.now.name)
  return {
    drop: [`alter table ${quoteName(table)} drop column ${quote(change.now.name)}`],
    restore: [
      `alter table ${quoteName(table)} add column ${columnText(change.to, context.survey.version)}`,
      ...reverseOperations(implied).flatMap((operation) =>
        addText(operation as TableOperation, context.survey.version),
      ),
      ...columnCommentTexts(table, change.to),
    ],
  }
}

/** The computed columns that take their values from a column: the server changes no type under them. */
export function computedFrom(
  context: EmitContext,
  table: string,
  column: string,
): readonly Column[] {
  const columns = context.table(table)?.columns ?? []
  const names = columns.map(({ name }) => name)
  return columns.filter(
    ({ generated, name }) =>
      name !== column && generated !== null && columnsIn(generated.sql, names).includes(column),
  )
}

/** The statements that drop columns and add them as they were. */
export function readdColumns(
  context: EmitContext,
  table: string,
  columns: readonly Column[],
): Dependents {
  const each = columns.map((one) => remakeColumn(context, table, { now: one, to: one }))
  return {
    drop: each.flatMap(({ drop }) => drop),
    restore: each.flatMap(({ restore }) => restore),
  }
}

/** Only additions come back: what is undone here are the drops that dropping a column implies. */
function addText(operation: TableOperation, version: number): readonly string[] {
  const table = quoteName(operation.table)
  switch (operation.kind) {
    case 'addIndex':
      return [createIndexText(operation.table, operation.index, version)]
    case 'addUnique':
      return [`alter table ${table} add ${uniqueText(operation.unique, version)}`]
    case 'addForeignKey':
      return [`alter table ${table} add ${foreignKeyText(operation.foreignKey)}`]
    case 'addCheck':
      return [`alter table ${table} add ${checkText(operation.check)}`]
    case 'alterPrimaryKey':
      return operation.to === null
        ? []
        : [`alter table ${table} add ${primaryKeyText(operation.to)}`]
    default:
      return []
  }
}
