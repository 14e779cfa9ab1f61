/** What writing statements has to know of the database as it stands. */
import type { EnumType } from '../../../schema/schema.js'
import type { TableName } from '../../../schema/table.js'
import type { LiveTable } from '../catalog/read-table.js'

/** A column whose type is an enum, or a list of an enum. */
export interface EnumColumn {
  readonly table: TableName
  readonly column: string
  readonly isArray: boolean
}

/** Statements that drop what is in the way of a change, and those that make it again as it was. */
export interface Dependents {
  readonly drop: readonly string[]
  readonly restore: readonly string[]
}

export const NO_DEPENDENTS: Dependents = { drop: [], restore: [] }

export interface Survey {
  /** `server_version_num`. */
  readonly version: number
  /** Where a table goes whose schema is not said. */
  defaultSchema(): Promise<string>
  /** Tables as they stand; those that are not there are missing. */
  tables(names: readonly TableName[]): Promise<readonly LiveTable[]>
  /** The same, read anew: for what only the catalogs know, such as the sequence of a column. */
  exactTables(names: readonly TableName[]): Promise<readonly LiveTable[]>
  /** All enum types of the database. */
  enums(): Promise<readonly EnumType[]>
  /** Every column of an enum's type, wherever it is. */
  enumColumns(name: string): Promise<readonly EnumColumn[]>
  /** What else uses an enum's type or a list of it, and cannot go on with a new one; empty where it is not known. */
  enumUsers(name: string): Promise<readonly string[]>
  /** Values that this very transaction added to an enum: the server lets nobody use them yet. */
  freshValues(name: string): Promise<readonly string[]>
  /** How many rows hold one of these values in a column. */
  countValues(of: EnumColumn, values: readonly string[]): Promise<number>
  /**
   * What must stand aside while columns get another type or are made anew.
   * @throws MigrateError `STILL_USED` where it is known that something cannot
   */
  dependents(table: TableName, columns: readonly string[]): Promise<Dependents>
}
