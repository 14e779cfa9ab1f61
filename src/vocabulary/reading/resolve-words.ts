/** Words held against the table as it stands: the operations that they mean. */
import { MigrateError } from '../../errors.js'
import { applyOperation } from '../../operations/apply.js'
import { ApplyError } from '../../operations/apply-error.js'
import type { Operation } from '../../operations/operation.js'
import type { Column } from '../../schema/column.js'
import type { Check, Table, TableName, TableOptions } from '../../schema/table.js'
import { emptyTable } from '../../schema/table.js'
import { dropOperation } from './find-dropped.js'
import { checkName } from '../names.js'
import { isCounter } from './read-type.js'
import { inNamesOfOwnColumns, inStoredNames } from './stored-names.js'
import type { SaidOfTable, StatedColumn, TableWord, WordOf } from './words.js'

/** The table that the words of a `createTable` call make. */
export function tableOfWords({ table: name, words: written, foldsNames }: SaidOfTable): Table {
  const words = foldsNames ? inNamesOfOwnColumns(name, written) : written
  const of = <K extends TableWord['kind']>(kind: K): readonly WordOf<K>[] =>
    words.filter((word): word is WordOf<K> => word.kind === kind)
  const table: Table = {
    name,
    columns: of('column').map((word) => word.stated.column),
    primaryKey: of('primary').at(-1)?.key ?? null,
    uniques: of('unique').map((word) => word.unique),
    indexes: of('index').map((word) => word.index),
    foreignKeys: of('foreignKey').map((word) => word.foreignKey),
    checks: [],
    comment: of('comment').at(-1)?.text ?? null,
    options: Object.assign({}, ...of('options').map((word) => word.options)) as TableOptions,
  }
  return withChecks(table, of('check'))
}

/** Checks that nobody named get their names when all others are known. */
function withChecks(table: Table, words: readonly WordOf<'check'>[]): Table {
  const given = new Set(words.map((word) => word.name))
  return words.reduce((before, word) => {
    const isTaken = (taken: string): boolean => given.has(taken) || hasName(before, taken)
    return { ...before, checks: [...before.checks, checkOf(word, before, isTaken)] }
  }, table)
}

/**
 * The operations that the words of an `alterTable` call mean, in order. What is dropped is found in
 * the table by its name, else by its columns; what the table does not have stands as far as it is known.
 * @throws MigrateError `VOCABULARY_PRIMARY_EXISTS`
 */
export function operationsOfWords(
  { table: name, words, foldsNames }: SaidOfTable,
  before: Table | null,
): readonly Operation[] {
  let table = before ?? emptyTable(name)
  const operations: Operation[] = []
  for (const [at, written] of words.entries()) {
    const word = foldsNames ? inStoredNames(written, table) : written
    const operation = operationOf(word, table, { before: words[at - 1], after: words[at + 1] })
    if (operation === null) continue
    operations.push(operation)
    table = stepped(table, operation)
  }
  return operations
}

interface Neighbours {
  readonly before: TableWord | undefined
  readonly after: TableWord | undefined
}

function operationOf(word: TableWord, table: Table, beside: Neighbours): Operation | null {
  const own = { table: table.name }
  switch (word.kind) {
    case 'column':
      return { kind: 'addColumn', ...own, column: word.stated.column }
    case 'alterColumn': {
      const from = columnAt(table, word.stated.column.name)
      return { kind: 'alterColumn', ...own, from, to: alteredColumn(word.stated, from) }
    }
    case 'nullability': {
      const from = columnAt(table, word.column)
      return { kind: 'alterColumn', ...own, from, to: { ...from, nullable: word.nullable } }
    }
    case 'dropColumn':
      return { kind: 'dropColumn', ...own, column: columnAt(table, word.column) }
    case 'renameColumn':
      return { kind: 'renameColumn', ...own, from: word.from, to: word.to }
    case 'primary':
      return primaryOperation(word, table, beside)
    case 'dropPrimary':
      return dropPrimaryOperation(word, table, beside)
    case 'unique':
      return { kind: 'addUnique', ...own, unique: word.unique }
    case 'index':
      return { kind: 'addIndex', ...own, index: word.index }
    case 'foreignKey':
      return { kind: 'addForeignKey', ...own, foreignKey: word.foreignKey }
    case 'check': {
      const check = checkOf(word, table, (taken) => hasName(table, taken))
      return { kind: 'addCheck', ...own, check }
    }
    case 'drop':
      return dropOperation(word, table)
    case 'dropCheck': {
      const found = table.checks.find((check) => check.name === word.name)
      return { kind: 'dropCheck', ...own, check: found ?? { name: word.name, sql: '' } }
    }
    case 'comment':
      return { kind: 'alterComment', ...own, from: table.comment, to: word.text }
    case 'options':
      return { kind: 'alterOptions', ...own, from: table.options, to: word.options }
  }
}

/** `dropPrimary()` directly before `primary()` is one change of the key. */
function dropPrimaryOperation(
  word: WordOf<'dropPrimary'>,
  table: Table,
  beside: Neighbours,
): Operation | null {
  if (beside.after?.kind === 'primary') return null
  if (table.primaryKey === null && word.ifExists) return null
  const from = table.primaryKey ?? { name: word.name, columns: [] }
  return { kind: 'alterPrimaryKey', table: table.name, from, to: null }
}

function primaryOperation(
  word: WordOf<'primary'>,
  table: Table,
  beside: Neighbours,
): Operation | null {
  const from = table.primaryKey
  const to = word.key
  const isReplaced = beside.before?.kind === 'dropPrimary'
  const [only] = to.columns
  const counts = table.columns.some((column) => column.name === only && isCounter(column.type))
  if (from !== null && !isReplaced) {
    // A counting column has made itself the key when it was added.
    const isSame = counts && to.columns.length === 1 && from.columns.join() === to.columns.join()
    if (isSame && to.name === from.name) return null
    if (!isSame) throw secondKey(table.name, from.columns, to.columns)
  }
  return { kind: 'alterPrimaryKey', table: table.name, from, to }
}

function secondKey(
  table: TableName,
  there: readonly string[],
  wanted: readonly string[],
): MigrateError {
  return new MigrateError(
    'VOCABULARY_PRIMARY_EXISTS',
    1,
    `Table ${table} already has a primary key over ${there.join(', ')}.`,
    {
      why: `The script adds one over ${wanted.join(', ')}.`,
      fix: 'Write table.dropPrimary() on the line before table.primary([…]).',
    },
  )
}

/** `.alter()` states the whole column; a collation, comment or generation that it does not name is kept. */
function alteredColumn({ column, says }: StatedColumn, from: Column): Column {
  const keepsGeneration = !says.generation && column.default === null
  const identity = keepsGeneration ? from.identity : column.identity
  return {
    ...column,
    type: says.type ? column.type : from.type,
    nullable: (says.nullable ? column.nullable : from.nullable) && identity === null,
    collation: says.collation ? column.collation : from.collation,
    comment: says.comment ? column.comment : from.comment,
    generated: keepsGeneration ? from.generated : column.generated,
    identity,
  }
}

/** A column that the table before is not known to have: its type is a native one without text. */
function columnAt(table: Table, name: string): Column {
  const found = table.columns.find((column) => column.name === name)
  if (found !== undefined) return found
  return {
    name,
    type: { kind: 'native', text: '' },
    nullable: true,
    default: null,
    generated: null,
    identity: null,
    collation: null,
    comment: null,
  }
}

function checkOf(word: WordOf<'check'>, table: Table, isTaken: (name: string) => boolean): Check {
  const columns = table.columns.map((column) => column.name)
  const name = word.name ?? checkName(table.name, { sql: word.sql, columns }, isTaken)
  return { name, sql: word.sql }
}

function hasName(table: Table, name: string): boolean {
  const named = [...table.checks, ...table.uniques, ...table.indexes, ...table.foreignKeys]
  return table.primaryKey?.name === name || named.some((each) => each.name === name)
}

/** The table after an operation; as it was, where the operation names what is not known to be there. */
function stepped(table: Table, operation: Operation): Table {
  try {
    const [after] = applyOperation({ tables: [table], enums: [] }, operation).tables
    return after ?? table
  } catch (thrown) {
    if (thrown instanceof ApplyError) return table
    throw thrown
  }
}
