/** A table builder of Knex, read into words: everything its callback said, in the order in which Knex runs it. */
import { MigrateError } from '../../errors.js'
import type { EnumType } from '../../schema/schema.js'
import type { TableOptions } from '../../schema/table.js'
import { extendWords } from './extend-words.js'
import type { TableExtras } from './extras.js'
import type { TableBuilderFields } from '../knex/knex-fields.js'
import { textOrNull } from '../knex/knex-fields.js'
import type { ReadColumn } from './read-column.js'
import { readColumn } from './read-column.js'
import type { ReadContext } from './read-context.js'
import { readExtras } from './read-extras.js'
import { isCounter } from './read-type.js'
import { readCheck, readStatement } from './read-statement.js'
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
