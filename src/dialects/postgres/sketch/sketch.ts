/** The structure of a database kept in memory, as the rest of this folder sees it. */
import type { Operation } from '../../../operations/operation.js'
import type { Table, TableName } from '../../../schema/table.js'
import type { Introspection, Scope } from '../../introspection.js'
import type { Survey } from '../emit/survey.js'

export interface Sketch extends Survey {
  table(name: TableName): Promise<Table | null>
  listTables(): Promise<readonly TableName[]>
  introspect(scope: Scope): Promise<Introspection>
  /**
   * Refuses operations that take away what something else uses, as the server would.
   * @throws MigrateError `STILL_USED`
   */
  requireUnused(operations: readonly Operation[]): Promise<void>
  /** Tells which operations these statements carry out: they are done when the first of them runs. */
  expect(statements: readonly string[], operations: readonly Operation[]): Promise<void>
  /** A revision begins, alone in its transaction or outside one. */
  revisionBegins(inTransaction: boolean): void
  /** A statement that would run now. */
  ran(sql: string): void
}
