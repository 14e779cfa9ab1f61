/** Answers to statements that were not sent: what a script cannot do without throws when it is used. */
import { MigrateError } from '../../errors.js'
import type { RawStatement } from '../call.js'
import type { KnexDialect } from './knex-dialect.js'
import type { QueryObject } from './knex-module.js'

export interface Unsent {
  /** Answers a query as if it had changed nothing; ids and rows that it would have given throw. */
  answer(query: QueryObject, statement: RawStatement, dialect: KnexDialect): QueryObject
  /** Whether a response is one that nobody knows. */
  isUnknown(response: unknown): boolean
}

/** The answers of one client. */
export function createUnsent(): Unsent {
  const unknown = new WeakSet<object>()
  return {
    answer(query, statement, dialect) {
      query.response = dialect.emptyResponse()
      if (query.method === 'insert' || isReturning(query.returning)) {
        const answer = unknownRows(statement)
        unknown.add(answer)
        query.output = () => answer
      } else if (query.method === 'update' || query.method === 'del') {
        query.output = () => 0
      }
      return query
    },
    isUnknown: (response) =>
      typeof response === 'object' && response !== null && unknown.has(response),
  }
}

/** The refusal of a statement whose answer decides what a script does. */
export function offlineRead(statement: RawStatement): MigrateError {
  return new MigrateError('OFFLINE_READ', 3, 'The script reads the database, and there is none.', {
    why: `What it does depends on the answer to: ${statement.text}`,
    fix: 'Run it against a database, without --sql.',
    details: { sql: statement.text },
  })
}

function isReturning(returning: unknown): boolean {
  return Array.isArray(returning) ? returning.length > 0 : Boolean(returning)
}

/** One row that is not known: taking it out of the list throws. */
function unknownRows(statement: RawStatement): unknown[] {
  return Object.defineProperty([], 0, {
    enumerable: true,
    configurable: true,
    get: () => {
      throw offlineRead(statement)
    },
  })
}
