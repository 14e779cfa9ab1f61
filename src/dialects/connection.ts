/** A session of an engine's driver, and how to open one. */

export type Binding = string | number | bigint | boolean | Date | Uint8Array | null

export type Row = Readonly<Record<string, unknown>>

/**
 * One open session of the driver. Statements run in the order they were asked for.
 * No mapper of the project (snake case, `postProcessResponse`) stands between.
 */
export interface Connection {
  // Bindings stand as `?` in the text on every engine; a `?` in a string or a name is none.
  /** The rows of a statement that reads, keys as the database spells them. */
  query(sql: string, bindings?: readonly Binding[]): Promise<readonly Row[]>
  /** Runs one statement for its effect; the number of rows it changed, 0 for DDL. */
  execute(sql: string, bindings?: readonly Binding[]): Promise<number>
  /** The driver's own handle, for Knex's client to run on the same session. */
  readonly handle: unknown
  /**
   * Resolves when what was sent without waiting for an answer is done: before anybody else speaks on
   * the handle. Absent where nothing is. @throws MigrateError what it failed with
   */
  settled?(): Promise<void>
  close(): Promise<void>
}

/** How to reach a database, taken from a Knex configuration. */
export interface ConnectionSettings {
  /** Knex's name of the client: `better-sqlite3`, `pg`, `mysql2`. */
  readonly client: string
  /** Knex's `connection` value: a string or an object, as the driver takes it. */
  readonly connection: unknown
  /** Knex's `searchPath`. */
  readonly searchPath: readonly string[]
  readonly readOnly: boolean
  /** Milliseconds to wait for a lock before giving up. */
  readonly lockTimeout: number
  /** Milliseconds that one statement may take; null is no limit. */
  readonly statementTimeout: number | null
  /**
   * Knex's `pool.afterCreate`, run on the driver's handle before our own settings; absent where the
   * project has none. What it throws has what the hook threw as its cause.
   */
  readonly afterCreate?: (handle: unknown) => Promise<void>
}
