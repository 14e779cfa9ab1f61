/** An enum type of the database's own that gets other values. */
import { MigrateError } from '../../../errors.js'
import { impliedDrops } from '../../../operations/drop-column.js'
import type { Operation, TableOperation } from '../../../operations/operation.js'
import type { Column } from '../../../schema/column.js'
import { emittedDefault, textOf } from '../defaults.js'
import type { LiveTable } from '../catalog/read-table.js'
import { quote, quoteName, quoteText, splitName } from '../names.js'
import { checkText, createIndexText } from './constraint-text.js'
import { dropIndexTexts } from './drop-texts.js'
import { readContext } from './context.js'
import type { EnumColumn, Survey } from './survey.js'

export type AlterEnum = Extract<Operation, { readonly kind: 'alterEnum' }>

export function createEnumText(name: string, values: readonly string[]): string {
  return `create type ${quoteName(name)} as enum (${values.map(quoteText).join(', ')})`
}

/**
 * Values are renamed and added in place. Where one goes, or the order changes, a new type takes the
 * old one's place in every column.
 * @throws MigrateError `ENUM_VALUES_IN_USE` where rows hold a value that goes
 */
export async function alterEnumTexts(
  survey: Survey,
  operation: AlterEnum,
): Promise<readonly string[]> {
  const { name, to } = operation
  const live = (await survey.enums()).find((each) => each.name === name)
  const from = live?.values ?? operation.from
  const renames = Object.entries(operation.renamed).filter(
    ([before, after]) => from.includes(before) && before !== after,
  )
  const now = from.map((value) => Object.fromEntries(renames)[value] ?? value)
  const renameTexts = renameValues(name, renames)
  const gone = now.filter((value) => !to.includes(value))
  const stays = to.filter((value) => now.includes(value))
  if (gone.length === 0 && now.every((value, at) => value === stays[at])) {
    return [...renameTexts, ...addValues(name, now, to)]
  }
  await refuseUsed(survey, name, { gone, renames: new Map(renames) })
  return [...renameTexts, ...(await replaceEnumTexts(survey, name, to))]
}

function renameValues(
  name: string,
  renames: readonly (readonly [string, string])[],
): readonly string[] {
  const rename = (before: string, after: string): string =>
    `alter type ${quoteName(name)} rename value ${quoteText(before)} to ${quoteText(after)}`
  const taken = new Set(renames.map(([before]) => before))
  // Two values that change places need a third name on the way.
  const swapped = renames.filter(([, after]) => taken.has(after))
  const direct = renames.filter(([, after]) => !taken.has(after))
  const aside = (value: string): string => `${value} (migrate-tui)`
  return [
    ...swapped.map(([before]) => rename(before, aside(before))),
    ...direct.map(([before, after]) => rename(before, after)),
    ...swapped.map(([before, after]) => rename(aside(before), after)),
  ]
}

/** Each new value stands behind the one before it in the new list, the first one before the first old one. */
function addValues(name: string, now: readonly string[], to: readonly string[]): readonly string[] {
  const known = new Set(now)
  return to.flatMap((value, at) => {
    if (known.has(value)) return []
    known.add(value)
    const before = to[at - 1]
    const next = now[0]
    const place =
      before !== undefined
        ? ` after ${quoteText(before)}`
        : next === undefined
          ? ''
          : ` before ${quoteText(next)}`
    return [`alter type ${quoteName(name)} add value ${quoteText(value)}${place}`]
  })
}

async function refuseUsed(
  survey: Survey,
  name: string,
  {
    gone,
    renames,
  }: { readonly gone: readonly string[]; readonly renames: ReadonlyMap<string, string> },
): Promise<void> {
  if (gone.length === 0) return
  const old = new Map([...renames].map(([before, after]) => [after, before]))
  const asStored = gone.map((value) => old.get(value) ?? value)
  for (const column of await survey.enumColumns(name)) {
    const rows = await survey.countValues(column, asStored)
    if (rows > 0) throw valuesInUse(name, column, { values: asStored, rows })
  }
}

function valuesInUse(
  name: string,
  { table, column }: EnumColumn,
  { values, rows }: { readonly values: readonly string[]; readonly rows: number },
): MigrateError {
  const list = values.join(', ')
  return new MigrateError(
    'ENUM_VALUES_IN_USE',
    1,
    `The enum ${name} cannot lose ${list}: ${rows} ${rows === 1 ? 'row' : 'rows'} of ${table}.${column} hold it.`,
    {
      fix: 'Give those rows another value first, in the script before that call.',
      details: { enum: name, values, table, column, rows },
    },
  )
}

/** A type of the same name with these values, in every column that had the old one. */
export async function replaceEnumTexts(
  survey: Survey,
  name: string,
  values: readonly string[],
): Promise<readonly string[]> {
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
    value.kind === 'literal' && column.type.kind === 'enum' && !values.includes(textOf(value.value))
  return isGone ? [] : [`alter column ${quoted} set default ${emittedDefault(value, column)}`]
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
