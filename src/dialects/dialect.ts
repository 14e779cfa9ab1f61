/** What an engine must be able to do for the rest of the tool, which knows no engine by name. */
import type { MigrateError } from '../errors.js'
import type { Operation } from '../operations/operation.js'
import type { Table, TableName, TableOptions } from '../schema/table.js'
import type { Binding, Connection, ConnectionSettings, Row } from './connection.js'
import type { DialectFacts, OperationFacts } from './facts.js'
import type { Introspection, Scope } from './introspection.js'

/** What a statement that was planned or run was for. */
export interface Statement {
  readonly sql: string
  /**
   * A faster way to what it and those after it with an empty list lead to, executed in their place,
   * all or nothing, unless the engine refuses it; a person is told `sql`.
   */
  readonly instead?: readonly string[]
}

/** What stands around the statements of offline SQL, so that they run as safely as ours do. */
export interface OfflineFrame {
  readonly prologue: readonly string[]
  /** Around each revision; empty where DDL commits itself. */
  readonly begin: readonly string[]
  readonly commit: readonly string[]
  readonly epilogue: readonly string[]
  /**
   * Makes a copy write only what older versions read as well: who runs the statements, and with which
   * version, is not known. Absent where the copy's own version is not what decides.
   */
  portable?(connection: Connection): void
}

/** Proves around one revision that nothing was lost which its script did not name. */
export interface Guard {
  /** Tells the guard of operations that a schema call named, before they run. */
  named(operations: readonly Operation[]): void
  /** Tells the guard that they all ran, and nothing else since it was told of them. */
  carriedOut?(): void
  /** Tells the guard of a raw statement, before it runs. */
  raw(sql: string): void
  /**
   * @throws MigrateError with code `GUARD_LOST` naming each object that is gone or changed unsaid,
   * or `FOREIGN_KEYS_VIOLATED` where rows newly point at rows that are not there
   */
  verify(): Promise<void>
}

/** Transactions as one engine does them. Savepoint names are plain identifiers. */
export interface TransactionFrame {
  /** Readies the session before the first transaction (SQLite: foreign keys off); undone by `leave`. */
  enter(connection: Connection): Promise<void>
  leave(connection: Connection): Promise<void>
  /** Begins and takes the write lock; waits at most `lockTimeout` ms. @throws MigrateError `DATABASE_LOCKED` */
  begin(connection: Connection, lockTimeout: number): Promise<void>
  commit(connection: Connection): Promise<void>
  rollback(connection: Connection): Promise<void>
  savepoint(connection: Connection, name: string): Promise<void>
  release(connection: Connection, name: string): Promise<void>
  rollbackTo(connection: Connection, name: string): Promise<void>
  /**
   * How many of the statements that were begun inside a transaction stand, after the last of them
   * failed and the rest was rolled back. Absent where a transaction takes everything back.
   */
  standing?(begun: readonly string[]): number
  /**
   * What a statement that failed outside a transaction left behind all the same, a sentence each; it
   * only reads. Absent where a statement that fails leaves nothing.
   */
  leftBy?(connection: Connection, sql: string): Promise<readonly string[]>
  /**
   * The statements that clear away what an earlier failure of this one left, so that it can run again;
   * it only reads. Absent where `leftBy` is.
   */
  clearFor?(connection: Connection, sql: string): Promise<readonly string[]>
  /** The guard for the revision that begins now. */
  guard(connection: Connection): Promise<Guard>
}

/** A copy of a database's structure, without its rows, on which statements can be tried. */
export interface Shadow {
  readonly connection: Connection
  /** Says that a revision begins: what ran before is committed. A copy that needs no word has none. */
  revisionBegins?(inTransaction: boolean): void
  /** Reads at once tables that operations will be about; else each is read when its turn comes. */
  foresee?(tables: readonly TableName[]): Promise<void>
  close(): Promise<void>
}

/** Something that stands on although it names what is gone, and fails when it is used. */
export interface BrokenUse {
  /** What is dropped or renamed: `users`, `users.email`. */
  readonly object: string
  /** What names it, by its kind and name: `view adults`. */
  readonly user: string
}

export interface BackupResult {
  readonly path: string
  readonly bytes: number
}

export interface Dialect {
  /** The word for it in documents: `sqlite`, `postgres`, `mariadb`. */
  readonly name: string
  readonly facts: DialectFacts

  /**
   * Opens a session with the driver module that the project has.
   * @throws MigrateError with a code that starts with `CONNECT_`
   */
  connect(driver: unknown, settings: ConnectionSettings): Promise<Connection>
  /** The database's name for a person, with no secret in it: a path, `host:port/name`. */
  describe(settings: ConnectionSettings): string
  /** Absolute path of the database where it is one file; null in memory or behind a server. */
  fileOf(settings: ConnectionSettings): string | null
  /** The npm package that holds the driver of a Knex client. */
  driverPackage(client: string): string

  /**
   * The names of all ordinary tables, ours included, cheaply. Where case alone tells no two tables
   * apart, those of `spelled` come as they are spelled there.
   */
  listTables(connection: Connection, spelled?: readonly TableName[]): Promise<readonly TableName[]>
  /** The database as it stands, in a number of queries that does not depend on the number of tables. */
  introspect(connection: Connection, scope: Scope): Promise<Introspection>
  /** One table as it stands, cheaply; null when there is none. */
  introspectTable(connection: Connection, name: TableName): Promise<Table | null>

  /**
   * The table as this engine would report it back, if it were created: types in the engine's own
   * spelling, expressions normalised, what the engine cannot hold left out. Idempotent; two tables
   * are the same here exactly when their canonical forms are structurally equal. `like` is the table
   * that a live one is held against: a type that stock Knex writes for several of ours (`float` on
   * SQLite for every decimal) then takes the form of the one in `like`. `usual` are the options that
   * tables of the database get by themselves: stated or not, they are the same.
   */
  canonical(table: Table, like?: Table | null, usual?: TableOptions): Table

  /**
   * The same for tables of which rules alone cannot tell, worked out by the engine itself: they are
   * created in a scratch place that is rolled back, and read. In the order given; a table that the
   * engine refuses to create comes back by the rules. Absent where the rules are all there is.
   * @throws MigrateError `SCRATCH_DENIED` where the user may not create a scratch place
   */
  settle?(connection: Connection, tables: readonly Table[]): Promise<readonly Table[]>

  /**
   * The rows of a query that must see every row of its tables; rejected where the engine would hide
   * some from this user. Absent where no engine's rule hides rows.
   */
  queryUnhidden?(connection: Connection, sql: string): Promise<readonly Row[]>

  /**
   * What the driver threw, as an error that a person can solve; null where it means nothing here.
   * `connection` is the one it was thrown on, which may know more of its end.
   */
  explain?(thrown: unknown, connection?: Connection): MigrateError | null

  /**
   * The statements that carry operations on one table (or one enum) out, in order, on the database
   * as it stands in `connection`. It reads, but never writes.
   * @throws MigrateError `SQLITE_REFUSED` and the like where the engine or our own rules refuse.
   */
  emit(connection: Connection, operations: readonly Operation[]): Promise<readonly Statement[]>

  /**
   * What operations break without a word of the engine, which neither refuses them nor rewrites what
   * names the old one; it only reads. Absent where nothing is broken so.
   */
  breaks?(connection: Connection, operations: readonly Operation[]): Promise<readonly BrokenUse[]>

  /** What an operation costs on this engine. */
  operationFacts(operation: Operation): OperationFacts

  readonly offline: OfflineFrame
  /** A value as a literal of this engine, for offline SQL. */
  literal(value: Binding): string
  /** An identifier, quoted. */
  readonly quote: (identifier: string) => string
  /**
   * Inserts into a table, already quoted, rows that one binding holds: a JSON list of objects. Absent
   * where each value is a binding of its own, of which a thousand cost a server more than the rows.
   */
  insertFromJson?(table: string, columns: readonly string[]): string
  /** A neutral expression as this engine reads it; absent where that is the same text. */
  readonly expression?: (sql: string) => string

  readonly frame: TransactionFrame

  /**
   * A scratch copy of the structure of `source`, or an empty one; where that is a database of its own,
   * the project does with it what it does with its connections.
   */
  shadow(
    driver: unknown,
    source: Connection | null,
    afterCreate?: ConnectionSettings['afterCreate'],
  ): Promise<Shadow>

  /** Copies the whole database, synced and checked, mode 0600; null where `facts.fileBackup` is false. */
  backup(connection: Connection, path: string): Promise<BackupResult | null>
}
