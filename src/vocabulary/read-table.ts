/** A table builder of Knex, read into words: everything its callback said, in the order in which Knex runs it. */
import { MigrateError } from '../errors.js'
import type { EnumType } from '../schema/schema.js'
import type { TableOptions } from '../schema/table.js'
import { extendWords } from './extend-words.js'
import type { TableExtras } from './extras.js'
import type { StatementFields, TableBuilderFields } from './knex-fields.js'
import { isRecord, textOrNull, textsOf } from './knex-fields.js'
import type { ReadColumn } from './read-column.js'
import { isCounter, readColumn } from './read-column.js'
import type { ReadContext } from './read-context.js'
import { readExtras } from './read-extras.js'
import { readDrop, readForeignKey, readIndex, readUnique } from './read-index.js'
import type { TableWord } from './words.js'

/** The grouping under which `tableExtras(table, …)` leaves its data in a builder of ours. */
export const EXTRAS_GROUPING = 'migrate-tui:extras'

export interface ReadTable {
  readonly words: readonly TableWord[]
  /** Enum types that the call creates before anything else. */
  readonly enums: readonly EnumType[]
}

/** A word that an extension of Knex, or a later Knex, has and this reader does not. */
export interface UnknownWord {
  readonly unknown: string
}

/**
 * What a builder says.
 * @throws MigrateError with a code that starts with `VOCABULARY_` where Knex is loose and we are not
 */
export function readTable(
  builder: TableBuilderFields,
  context: ReadContext,
): ReadTable | UnknownWord {
  const columns: ReadColumn[] = []
  const rest: TableWord[] = []
  const tableChecks: TableWord[] = []
  const extras: TableExtras[] = []
  for (const statement of builder._statements) {
    if (statement.grouping === EXTRAS_GROUPING) {
      extras.push(readExtras(statement.args?.[0], context.table))
      continue
    }
    if (statement.grouping === 'columns') {
      const { builder: said } = statement
      const column = said === undefined ? null : readColumn(said, context)
      if (column === null) return { unknown: said?._type ?? 'column' }
      columns.push(column)
      rest.push(...column.uniques)
    } else if (statement.grouping === 'checks') {
      tableChecks.push(readCheck(statement.args ?? [], context))
    } else {
      const words = readStatement(statement, context)
      if (words === null) return { unknown: statement.method ?? statement.grouping }
      rest.push(...words)
    }
  }
  const key = keyOf(columns, rest, { context, isAlter: builder._method === 'alter' })
  const said = [
    ...columns.filter((column) => !column.isAltered).map(wordOf),
    ...columns.filter((column) => column.isAltered).map(wordOf),
    ...columns.flatMap((column) => column.checks),
    ...key,
    ...rest,
    ...tableChecks,
    ...singleWords(builder),
  ]
  return {
    words: extras.reduce<readonly TableWord[]>(
      (words, each) => extendWords(words, each, context.table),
      said,
    ),
    enums: enumsOf(columns),
  }
}

function wordOf({ stated, isAltered }: ReadColumn): TableWord {
  return { kind: isAltered ? 'alterColumn' : 'column', stated }
}

/** The words of one statement of the group that Knex runs last; null for one that is not known. */
function readStatement(
  { grouping, method, args = [] }: StatementFields,
  context: ReadContext,
): readonly TableWord[] | null {
  if (grouping !== 'alterTable') return null
  const name = (value: unknown): string => context.identifier(String(value))
  switch (method) {
    case 'unique':
      return [readUnique(args, context)]
    case 'index':
      return [readIndex(args, context)]
    case 'foreign':
      return listOfOne(readForeignKey(args[0], context))
    case 'primary':
      return [readPrimary(args, context)]
    case 'dropPrimary':
    case 'dropPrimaryIfExists':
      return [
        { kind: 'dropPrimary', name: textOrNull(args[0]), ifExists: method !== 'dropPrimary' },
      ]
    case 'dropUnique':
    case 'dropUniqueIfExists':
      return [drop('unique', method, args, context)]
    case 'dropIndex':
      return [drop('index', method, args, context)]
    case 'dropForeign':
    case 'dropForeignIfExists':
      return [drop('foreignKey', method, args, context)]
    case 'dropColumn':
      return columnsOf(args).map((column) => ({ kind: 'dropColumn', column: name(column) }))
    case 'renameColumn':
      return [{ kind: 'renameColumn', from: name(args[0]), to: name(args[1]) }]
    case 'setNullable':
    case 'dropNullable':
      return [{ kind: 'nullability', column: name(args[0]), nullable: method === 'setNullable' }]
    case 'check':
      return [readAddedCheck(args, context)]
    case 'dropChecks':
      return args
        .flatMap((said) => textsOf(said))
        .map((each) => ({ kind: 'dropCheck', name: each }))
    default:
      return null
  }
}

function listOfOne(word: TableWord | null): readonly TableWord[] {
  return word === null ? [] : [word]
}

function drop(
  what: 'unique' | 'index' | 'foreignKey',
  method: string,
  args: readonly unknown[],
  context: ReadContext,
): TableWord {
  const ifExists = method.endsWith('IfExists')
  return { kind: 'drop', what, dropped: { ...readDrop(what, args, context), ifExists } }
}

/** `dropColumn('a', 'b')` and `dropColumn(['a', 'b'])`. */
function columnsOf(args: readonly unknown[]): readonly unknown[] {
  return Array.isArray(args[0]) ? args[0] : args
}

function readPrimary(args: readonly unknown[], context: ReadContext): TableWord {
  const options = isRecord(args[1]) ? args[1] : { constraintName: args[1] }
  const { deferrable } = options
  if (deferrable !== undefined && deferrable !== null && deferrable !== 'not deferrable') {
    throw new MigrateError(
      'VOCABULARY_PRIMARY_DEFERRABLE',
      1,
      `The primary key of table ${context.table} is declared deferrable, which is not supported.`,
      { fix: 'Leave `deferrable` out, or add the key with knex.raw(…).' },
    )
  }
  const name = textOrNull(options.constraintName)
  return {
    kind: 'primary',
    key: {
      name: name === null ? null : context.identifier(name),
      columns: textsOf(args[0]).map((column) => context.identifier(column)),
    },
  }
}

function readCheck(args: readonly unknown[], context: ReadContext): TableWord {
  const sql = context.expressions.bound(String(args[0]), args[1])
  return { kind: 'check', name: textOrNull(args[2]), sql }
}

/** In an `alterTable` call Knex sends the text as it stands; bindings, which it forgets, are written in. */
function readAddedCheck(args: readonly unknown[], context: ReadContext): TableWord {
  const hasBindings = isRecord(args[1]) || (Array.isArray(args[1]) && args[1].length > 0)
  if (hasBindings && Object.keys(args[1] ?? {}).length > 0) return readCheck(args, context)
  return {
    kind: 'check',
    name: textOrNull(args[2]),
    sql: context.expressions.plain(String(args[0])),
  }
}

/** The primary key that a column makes by itself, where no `primary()` says it in other words. */
function keyOf(
  columns: readonly ReadColumn[],
  rest: readonly TableWord[],
  { context, isAlter }: { readonly context: ReadContext; readonly isAlter: boolean },
): readonly TableWord[] {
  const said = rest.find((word) => word.kind === 'primary')?.key.columns ?? null
  // Every engine but PostgreSQL ignores the key of a uuid(), and that one too beside a primary().
  const own = columns.filter(
    (column) => column.primary !== null && (said === null || isCounting(column)),
  )
  const [first, second] = own
  if (first === undefined) return []
  const isAdded = isAlter && isCounting(first)
  const column = first.stated.column.name
  if (second !== undefined) throw twoKeys(context, column, second.stated.column.name)
  // A counting column that is added makes itself the key of a table that has none.
  if (said === null && isAdded) return []
  if (said === null) {
    return [{ kind: 'primary', key: { name: first.primary?.name ?? null, columns: [column] } }]
  }
  if (said.length !== 1 || said[0] !== column) throw twoKeys(context, column, said.join(', '))
  return []
}

function isCounting(column: ReadColumn): boolean {
  return isCounter(column.stated.column.type)
}

function twoKeys(context: ReadContext, column: string, others: string): MigrateError {
  return new MigrateError(
    'VOCABULARY_TWO_KEYS',
    1,
    `Table ${context.table} has two primary keys: ${column} by itself, and ${others}.`,
    {
      why: 'Knex makes three different tables of this on SQLite, PostgreSQL and MySQL.',
      fix: `Say which one it is: table.increments('${column}', { primaryKey: false }), or no table.primary([…]).`,
    },
  )
}

const OPTION_WORDS = ['engine', 'charset', 'collate', 'inherits']

function singleWords({ _single, _method }: TableBuilderFields): readonly TableWord[] {
  const options: TableOptions = Object.fromEntries(
    OPTION_WORDS.flatMap((key) => (key in _single ? [[key, String(_single[key])]] : [])),
  )
  const comment = _single.comment
  return [
    ...(_method === 'alter' || Object.keys(options).length === 0
      ? []
      : [{ kind: 'options' as const, options }]),
    ...(comment === undefined ? [] : [{ kind: 'comment' as const, text: textOrNull(comment) }]),
  ]
}

function enumsOf(columns: readonly ReadColumn[]): readonly EnumType[] {
  return columns.flatMap(({ createsEnum, stated }) => {
    const { type } = stated.column
    return createsEnum && type.kind === 'enum' && type.native !== null
      ? [{ name: type.native, values: type.values }]
      : []
  })
}
