/** An operation that does not fit the schema it is applied to. */
import type { TableName } from '../schema/table.js'

/** Names what is missing or in the way, so that the caller can say which script or database is at odds. */
export class ApplyError extends Error {
  /** Null for an enum. */
  readonly table: TableName | null
  /** What it is about: `table users`, `column email`, `index users_email_index`. */
  readonly object: string
  readonly problem: 'missing' | 'taken'

  constructor(problem: 'missing' | 'taken', table: TableName | null, object: string) {
    const where = table === null || object === `table ${table}` ? '' : ` in table ${table}`
    super(`There is ${problem === 'missing' ? 'no' : 'already a'} ${object}${where}.`)
    this.name = 'ApplyError'
    this.table = table
    this.object = object
    this.problem = problem
  }
}
