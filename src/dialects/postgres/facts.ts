/** What is true of PostgreSQL as a whole and of each operation on it: data, no judgement. */
import type { Operation } from '../../operations/operation.js'
import type { Column } from '../../schema/column.js'
import type { OfflineFrame } from '../dialect.js'
import type { DialectFacts, OperationFacts } from '../facts.js'
import { familyOf } from './type-spelling.js'
import { isSerial, storedType } from './types.js'

export const facts: DialectFacts = {
  transactionalDdl: true,
  locks: 'table',
  savepointBegins: false,
  fileBackup: false,
  emitsWithoutDatabase: true,
  numbersQuestionMarks: true,
  hasUnsigned: false,
  hasSchemas: true,
  hasEnumTypes: true,
  systemTables: /^(?:pg_catalog|information_schema)\./,
}

export const offline: OfflineFrame = {
  prologue: [
    '-- Run with psql -v ON_ERROR_STOP=1: it stops at the first error, where psql alone would go on.',
    'set standard_conforming_strings = on',
  ],
  begin: ['begin'],
  commit: ['commit'],
  epilogue: [],
}

const EXCLUSIVE = { blocks: 'everything', lock: 'ACCESS EXCLUSIVE' } as const
const CATALOG: OperationFacts = { rewrites: false, ...EXCLUSIVE }
const REWRITE: OperationFacts = { rewrites: true, ...EXCLUSIVE }
const INDEXED: OperationFacts = { rewrites: false, blocks: 'writes', lock: 'SHARE' }
const KEYED: OperationFacts = {
  rewrites: false,
  blocks: 'writes',
  lock: 'SHARE ROW EXCLUSIVE',
  blocksParents: 'writes',
}
const NOTHING: OperationFacts = { rewrites: false, blocks: 'nothing' }

/** Measured on PostgreSQL 15 with a million rows; the locks are those of the manual, 13.3. */
export function operationFacts(operation: Operation): OperationFacts {
  switch (operation.kind) {
    case 'createTable':
    case 'createEnum':
    case 'dropEnum':
    case 'alterComment':
      return NOTHING
    case 'addIndex':
      return INDEXED
    case 'addForeignKey':
      return KEYED
    case 'dropForeignKey':
    case 'dropTable':
      return { ...CATALOG, blocksParents: 'everything' }
    case 'addColumn':
      return fillsRows(operation.column) ? REWRITE : CATALOG
    case 'alterColumn':
      return rewrites(operation.from, operation.to) ? REWRITE : CATALOG
    case 'alterEnum': {
      const { from, to, renamed } = operation
      const now = from.map((value) => renamed[value] ?? value)
      const stays = to.filter((value) => now.includes(value))
      const inPlace = now.length === stays.length && now.every((value, at) => value === stays[at])
      if (!inPlace) return REWRITE
      return to.length > stays.length ? { ...NOTHING, aloneInTransaction: true } : NOTHING
    }
    case 'alterOptions':
      return operation.from.unlogged === operation.to.unlogged ? CATALOG : REWRITE
    default:
      return CATALOG
  }
}

/** Whether each row gets a value of its own, so that all are written. */
function fillsRows(column: Column): boolean {
  if (isSerial(column.type) || column.identity !== null || column.generated?.stored === true)
    return true
  if (column.default === null) return false
  return (
    column.default.kind === 'uuid' ||
    (column.default.kind === 'sql' &&
      /\b(?:random|clock_timestamp|nextval|uuid\w*|gen_random\w*)\s*\(/i.test(column.default.text))
  )
}

function rewrites(from: Column, to: Column): boolean {
  if (to.generated !== null && to.generated.sql !== from.generated?.sql) return true
  if (to.identity !== null && from.identity === null && !isSerial(from.type)) return true
  const [before, after] = [storedType(from.type), storedType(to.type)]
  return before !== after && !isRelabelled(before, after)
}

/** Pairs between which the rows stay as they are: longer texts, and numbers with more digits. */
function isRelabelled(before: string, after: string): boolean {
  if (familyOf(before) === 'text' && ['text', 'character varying'].includes(after)) {
    return !before.startsWith('character(')
  }
  const sizes = /^(character varying|numeric)\((\d+)(?:,(\d+))?\)$/
  const [old, wide] = [sizes.exec(before), sizes.exec(after)]
  if (old === null) return false
  if (after === 'numeric') return true
  return old[1] === wide?.[1] && Number(old[2]) <= Number(wide?.[2]) && old[3] === wide?.[3]
}
