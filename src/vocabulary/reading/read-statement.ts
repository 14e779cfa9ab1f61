/** The statements of a table builder that are no columns. */
import { MigrateError } from '../../errors.js'
import type { StatementFields } from '../knex/knex-fields.js'
import { isRecord, textOrNull, textsOf } from '../knex/knex-fields.js'
import type { ReadContext } from './read-context.js'
import { readDrop, readForeignKey, readIndex, readUnique } from './read-index.js'
import type { TableWord } from './words.js'

/** The words of one statement of the group that Knex runs last; null for one that is not known. */
export function readStatement(
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

/** `check(sql, bindings, name)` of a new table. */
export function readCheck(args: readonly unknown[], context: ReadContext): TableWord {
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
