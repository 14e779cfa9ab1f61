/** What is true of SQLite as a whole and of each operation on it: data, no judgement. */
import type { Operation } from '../../operations/operation.js'
import type { OfflineFrame } from '../dialect.js'
import type { DialectFacts, OperationFacts } from '../facts.js'
import { limitAbilities } from './emit/abilities.js'
import { plainDefault } from './defaults.js'

export const facts: DialectFacts = {
  transactionalDdl: true,
  locks: 'database',
  savepointBegins: true,
  fileBackup: true,
  // A rebuild edits the text of the table as it stands.
  emitsWithoutDatabase: false,
  numbersQuestionMarks: false,
  hasUnsigned: false,
  hasSchemas: false,
  hasEnumTypes: false,
  systemTables: /^sqlite_/i,
}

export const offline: OfflineFrame = {
  prologue: [
    '-- Run with sqlite3 -bail: it stops at the first error, where sqlite3 alone would go on.',
    'pragma foreign_keys = off',
  ],
  begin: ['begin immediate'],
  commit: ['commit'],
  epilogue: ['pragma foreign_keys = on'],
  portable: limitAbilities,
}

/** There is one writer at a time, and readers go on until it commits. */
export function operationFacts(operation: Operation): OperationFacts {
  return { rewrites: rewrites(operation), blocks: isNothing(operation) ? 'nothing' : 'writes' }
}

function rewrites(operation: Operation): boolean {
  switch (operation.kind) {
    case 'addColumn': {
      const { column } = operation
      const value = plainDefault(column.default, column.type)
      return column.generated?.stored === true || (value !== null && value.kind !== 'literal')
    }
    case 'dropColumn':
    case 'alterColumn':
    case 'addForeignKey':
    case 'dropForeignKey':
    case 'addCheck':
    case 'dropCheck':
    case 'alterPrimaryKey':
    case 'alterOptions':
      return true
    default:
      return false
  }
}

function isNothing(operation: Operation): boolean {
  return ['createEnum', 'dropEnum', 'alterComment'].includes(operation.kind)
}
