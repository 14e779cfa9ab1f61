/** What is known of an engine before anything is asked of a database. */

/** What is true of an engine as a whole. */
export interface DialectFacts {
  /** Whether a transaction takes schema changes back. */
  readonly transactionalDdl: boolean
  /** What a change keeps to itself: its table, or the whole database. */
  readonly locks: 'table' | 'database'
  /** Whether a savepoint outside a transaction begins one, so that several statements can be made one. */
  readonly savepointBegins: boolean
  /** Whether the whole database is one file that can be copied before a step that loses data. */
  readonly fileBackup: boolean
  /** Whether SQL for a script can be written without a database or a copy of its structure. */
  readonly emitsWithoutDatabase: boolean
  /** Whether Knex's client takes every question mark for a value, in strings too, unless it is escaped. */
  readonly numbersQuestionMarks: boolean
  /** Whether a number can be without a sign; elsewhere the word changes nothing. */
  readonly hasUnsigned: boolean
  /** Whether `Scope.schemas` is looked into: elsewhere a database is one schema. */
  readonly hasSchemas: boolean
  /** Whether enums can be types of their own; elsewhere each is a part of its column. */
  readonly hasEnumTypes: boolean
  /** The names of tables that the engine keeps to itself, so that nobody can make one. */
  readonly systemTables: RegExp
}

/** What an operation costs on an engine: data for `safety`, never a judgement. */
export interface OperationFacts {
  /** Whether every row is copied or rewritten. */
  readonly rewrites: boolean
  /** Whom it keeps waiting while it runs. */
  readonly blocks: 'nothing' | 'writes' | 'everything'
  /** The engine's own word for the lock that does so; absent where it has none. */
  readonly lock?: string
  /** Whom it keeps waiting on the tables that its foreign keys point at; absent where nobody. */
  readonly blocksParents?: 'writes' | 'everything'
  /** Whether what it makes can be used only after its transaction: no later revision may share it. */
  readonly aloneInTransaction?: boolean
}
