/** What reading one table builder needs beside the builder. */
import type { Expressions } from './read-expression.js'
import type { TypeContext } from './read-type.js'

export interface ReadContext {
  /** The table's name as the script writes it, without a schema given apart: automatic names are made of it. */
  readonly table: string
  /**
   * The name in the database of a column, index or constraint: the project's `wrapIdentifier`.
   * `queryContext` is a column's own; else the table's counts.
   */
  identifier(name: string, queryContext?: unknown): string
  /** The same of a table, whose dot separates the schema. */
  tableIdentifier(name: string): string
  readonly expressions: Expressions
  readonly types: TypeContext
  /** The operator that `checkRegex` stands for. */
  readonly regexOperator: string
}
