/** What is true of MariaDB and MySQL as a whole and of each operation on them: data, no judgement. */
import type { Operation } from '../../operations/operation.js'
import type { Column } from '../../schema/column.js'
import type { OfflineFrame } from '../dialect.js'
import type { DialectFacts, OperationFacts } from '../facts.js'
import { defaultParts } from './defaults.js'
import { canonicalType, counts, parsedType } from './types.js'

export const facts: DialectFacts = {
  // Each statement that changes the schema commits itself and what ran before it.
  transactionalDdl: false,
  locks: 'table',
  savepointBegins: false,
  fileBackup: false,
  emitsWithoutDatabase: true,
  numbersQuestionMarks: false,
  hasUnsigned: true,
  hasSchemas: false,
  hasEnumTypes: false,
  systemTables: /^(?:information_schema|mysql|performance_schema|sys)\./i,
}

/** Nothing stands around a revision: it could not be taken back. */
export const offline: OfflineFrame = { prologue: [], begin: [], commit: [], epilogue: [] }

const NOTHING: OperationFacts = { rewrites: false, blocks: 'nothing' }
const REBUILT: OperationFacts = { rewrites: true, blocks: 'nothing' }
const COPIED: OperationFacts = { rewrites: true, blocks: 'writes', lock: 'ALGORITHM=COPY' }

/**
 * What an operation costs, as measured on MariaDB 10.11 with 300,000 rows (best ALGORITHM and LOCK
 * that the server accepts).
 */
export function operationFacts(operation: Operation): OperationFacts {
  switch (operation.kind) {
    case 'addColumn':
      return addedColumn(operation.column)
    case 'alterColumn':
      return alteredColumn(operation.from, operation.to)
    case 'addForeignKey':
    case 'addCheck':
    case 'alterOptions':
      return COPIED
    case 'alterPrimaryKey':
      return REBUILT
    case 'addIndex':
      return /^(?:fulltext|spatial)$/i.test(operation.index.method ?? '') ? COPIED : NOTHING
    case 'dropTable':
      return { rewrites: false, blocks: 'everything' }
    default:
      return NOTHING
  }
}

function addedColumn(column: Column): OperationFacts {
  const { value } = defaultParts(column.default)
  const isExpression = value?.kind === 'sql' || value?.kind === 'uuid'
  return isExpression || counts(column) || column.generated?.stored === true ? COPIED : NOTHING
}

function alteredColumn(from: Column, to: Column): OperationFacts {
  if (from.generated !== null || to.generated !== null || from.collation !== to.collation) {
    return COPIED
  }
  if (!isStoredAlike(from, to)) return COPIED
  return from.nullable === to.nullable ? NOTHING : REBUILT
}

/** Whether no row has to be written anew for a change of type. */
function isStoredAlike(from: Column, to: Column): boolean {
  const [a, b] = [canonicalType(from), canonicalType(to)]
  if (a.kind === 'native' && b.kind === 'native' && a.text === b.text) return true
  const [old, wanted] = [parsedType(from.type), parsedType(to.type)]
  if (old === null || wanted?.base !== old.base) return false
  if (old.base === 'enum' || old.base === 'set') {
    return old.values.every((value, at) => wanted.values[at] === value)
  }
  const [before, after] = [old.sizes[0] ?? 0, wanted.sizes[0] ?? 0]
  // The length of a value takes one byte up to 255 bytes, then two; four bytes a character at most.
  return old.base === 'varchar' && before <= after && (after < 64 || before >= 64)
}
