/** Columns that count by themselves. */
import type { Column } from '../schema/column.js'

/** Whether a column is one of `increments` or `bigIncrements`. */
export function isCounter(column: Column): boolean {
  return column.type.kind === 'increments' || column.type.kind === 'bigIncrements'
}
