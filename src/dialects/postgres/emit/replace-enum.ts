/** An enum type made anew with other values, and every column that had the old one on it. */
import { MigrateError } from '../../../errors.js'
import { impliedDrops } from '../../../operations/drop-column.js'
import type { TableOperation } from '../../../operations/operation.js'
import type { Column, DefaultValue } from '../../../schema/column.js'
import { emittedDefault, textOf } from '../defaults.js'
import type { LiveTable } from '../catalog/read-table.js'
import { quote, quoteName, quoteText, splitName } from '../names.js'
import { checkText, createIndexText } from './constraint-text.js'
import { dropIndexTexts } from './drop-texts.js'
import { readContext } from './context.js'
import type { EnumColumn, Survey } from './survey.js'

export function createEnumText(name: string, values: readonly string[]): string {
  return `create type ${quoteName(name)} as enum (${values.map(quoteText).join(', ')})`
}

/**
 * A type of the same name with these values, in every column that had the old one.
 * @throws MigrateError `STILL_USED` where something else uses it
 */
export async function replaceEnumTexts(
  survey: Survey,
  name: string,
  values: readonly string[],
): Promise<readonly string[]> {
  await refuseOtherUsers(survey, name)
  const columns = await survey.enumColumns(name)
  const tables = await survey.exactTables([...new Set(columns.map(({ table }) => table))])
  const old = `${splitName(name).bare} (migrate-tui)`
  const { schema } = splitName(name)
  const oldName = schema === null ? quote(old) : `${quote(schema)}.${quote(old)}`
  const moves: Move[] = []
  for (const column of columns) {
    const live = tables.find(({ table }) => table.name === column.table)
    if (live !== undefined) moves.push(await moveColumn(survey, live, { name, values, column }))
  }
  return [
    ...moves.flatMap(({ before }) => before),
    `alter type ${quoteName(name)} rename to ${quote(old)}`,
    createEnumText(name, values),
    ...moves.flatMap(({ during }) => during),
    `drop type ${oldName}`,
    ...moves.flatMap(({ after }) => after),
  ]
}

async function refuseOtherUsers(survey: Survey, name: string): Promise<void> {
  const users = await survey.enumUsers(name)
  if (users.length === 0) return
  const isOne = users.length === 1
  throw new MigrateError(
    'STILL_USED',
    1,
    `The enum ${name} cannot be made anew: ${users.join(', ')} ${isOne ? 'uses' : 'use'} it.`,
    {
      why: 'Values that go, move or are used in the transaction that adds them need a new type, and only plain columns take that.',
      fix: `Drop ${isOne ? 'it' : 'them'} first, in the script before that call; make again what is still wanted.`,
      details: { enum: name, users },
    },
  )
}

/** What happens to one column, in the three parts of the way. */
interface Move {
  readonly before: readonly string[]
  readonly during: readonly string[]
  readonly after: readonly string[]
}

interface MovedTo {
  readonly name: string
  readonly values: readonly string[]
  readonly column: EnumColumn
}

async function moveColumn(
  survey: Survey,
  live: LiveTable,
  { name, values, column }: MovedTo,
): Promise<Move> {
  const { table } = live
  const own = table.columns.find((each) => each.name === column.column)
  const aside = await survey.dependents(table.name, [column.column])
  // Their conditions name the old type: `mood = 'a'::mood`.
  const bound = impliedDrops(table, column.column).filter(namesValues)
  const context = await readContext(survey, bound)
  const quoted = quote(column.column)
  const type = `${quoteName(name)}${column.isArray ? '[]' : ''}`
  const actions = [
    ...(own === undefined || own.default === null ? [] : [`alter column ${quoted} drop default`]),
    `alter column ${quoted} type ${type} using ${quoted}::text${column.isArray ? '[]' : ''}::${type}`,
    ...keptDefault(own, values, quoted),
  ]
  return {
    before: [...aside.drop, ...bound.flatMap((operation) => dropBound(context, operation))],
    during: [`alter table ${quoteName(table.name)} ${actions.join(', ')}`],
    after: [...bound.flatMap((operation) => addBound(operation, survey.version)), ...aside.restore],
  }
}

/** A default that is one of the values that stay; any other goes with its value. */
function keptDefault(
  column: Column | undefined,
  values: readonly string[],
  quoted: string,
): readonly string[] {
  const value = column?.default ?? null
  if (column === undefined || value === null) return []
  const isGone =
    column.type.kind === 'enum'
      ? value.kind === 'literal' && !values.includes(textOf(value.value))
      : listed(value).some((each) => !values.includes(each))
  return isGone ? [] : [`alter column ${quoted} set default ${emittedDefault(value, column)}`]
}

/** The values in a default that is a list, as far as its text is plain. */
function listed(value: DefaultValue): readonly string[] {
  const said = value.kind === 'literal' ? textOf(value.value) : ''
  const inside = /^\{([^{}]*)\}$/.exec(said)?.[1] ?? ''
  const items = inside.match(/"(?:[^"\\]|\\.)*"|[^,]+/g) ?? []
  return items.map((item) =>
    item.startsWith('"') ? item.slice(1, -1).replaceAll(/\\(.)/g, '$1') : item.trim(),
  )
}

function namesValues(operation: TableOperation): boolean {
  if (operation.kind === 'dropCheck') return true
  if (operation.kind !== 'dropIndex') return false
  const { parts, where } = operation.index
  return where !== null || parts.some(({ on }) => 'sql' in on)
}

function dropBound(
  context: Awaited<ReturnType<typeof readContext>>,
  operation: TableOperation,
): readonly string[] {
  if (operation.kind === 'dropIndex')
    return dropIndexTexts(context, operation.table, operation.index)
  if (operation.kind !== 'dropCheck') return []
  return [
    `alter table ${quoteName(operation.table)} drop constraint ${quote(operation.check.name)}`,
  ]
}

function addBound(operation: TableOperation, version: number): readonly string[] {
  if (operation.kind === 'dropIndex')
    return [createIndexText(operation.table, operation.index, version)]
  if (operation.kind !== 'dropCheck') return []
  return [`alter table ${quoteName(operation.table)} add ${checkText(operation.check)}`]
}
