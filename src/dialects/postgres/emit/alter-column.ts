/** A column changed to what it should be, with as little as leads from where it stands. */
import { isSame } from '../../../operations/equal.js'
import type { Column } from '../../../schema/column.js'
import { canonical } from '../canonical.js'
import { emittedDefault, writtenDefault } from '../defaults.js'
import { NO_DEPENDENTS } from './survey.js'
import { enumCondition } from '../enum-check.js'
import { automaticName, quote, quoteName, quoteText, splitName } from '../names.js'
import { emittedType, isSerial, storedType } from '../types.js'
import type { AlterColumn, Change } from './change.js'
import { changeGenerated } from './alter-generated.js'
import type { EmitContext } from './context.js'
import { counterTexts } from './counter.js'
import { columnCommentText } from './create-table.js'
import { computedFrom, readdColumns } from './remake-column.js'
import { conversion } from './using.js'

export async function alterColumnTexts(
  context: EmitContext,
  operation: AlterColumn,
): Promise<readonly string[]> {
  const change = changeOf(context, operation)
  const generated = await changeGenerated(context, change)
  if (generated === null) return await plainChange(context, change)
  if (generated.isDone) return generated.texts
  return [...generated.texts, ...(await plainChange(context, { ...change, now: generated.now }))]
}

/** What stands in the database decides, not what the operation says of it. */
function changeOf(context: EmitContext, { table, from, to }: AlterColumn): Change {
  const live = context.table(table)
  const now = live?.columns.find((column) => column.name === to.name) ?? from
  const wanted = { ...to, default: writtenDefault(to) }
  return { table, now, to: wanted, isKey: live?.primaryKey?.columns.includes(to.name) === true }
}

async function plainChange(context: EmitContext, change: Change): Promise<readonly string[]> {
  const { table, now, to } = change
  const [before, after] = [canonicalColumn(now), canonicalColumn(to)]
  const newType =
    storedType(now.type) !== storedType(to.type) || before.collation !== after.collation
  const remade = newType ? computedFrom(context, table, to.name) : []
  const computed = readdColumns(context, table, remade)
  const moved = [to, ...remade].map(({ name }) => name)
  const aside = newType ? await context.survey.dependents(table, moved) : NO_DEPENDENTS
  const counters = counterTexts(context, change)
  const actions = [
    ...dropEnumCheck(context, change),
    ...defaultDropped(change, newType),
    ...(newType ? [typeAction(now, to)] : []),
    ...nullability(change),
    ...defaultSet(change, newType),
    ...addEnumCheck(context, change),
  ]
  const comment = before.comment !== after.comment
  return [
    ...aside.drop,
    ...computed.drop,
    ...counters.before,
    ...(actions.length === 0 ? [] : [`alter table ${quoteName(table)} ${actions.join(', ')}`]),
    ...counters.after,
    ...(comment ? [columnCommentText(table, to.name, to.comment)] : []),
    ...computed.restore,
    ...aside.restore,
  ]
}

/** The column alone in canonical form, its enum in its type. */
function canonicalColumn(column: Column): Column {
  const table = {
    name: 'x',
    columns: [column],
    primaryKey: null,
    uniques: [],
    indexes: [],
    foreignKeys: [],
    checks: [],
    comment: null,
    options: {},
  }
  return canonical(table).columns[0] ?? column
}

function typeAction(now: Column, to: Column): string {
  const column = quote(to.name)
  const [from, type] = [storedType(now.type), storedType(to.type)]
  const spelled = isSerial(to.type) ? type : emittedType(to.type)
  // A new type begins with its own collation, and may have none.
  const collation = to.collation ?? (from === type && now.collation !== null ? 'default' : null)
  const using = from === type ? null : conversion(column, from, spelledForCast(to, type))
  return [
    `alter column ${column} type ${spelled}`,
    ...(collation === null || collation === '' ? [] : [`collate ${quote(collation)}`]),
    ...(using === null ? [] : [`using ${using}`]),
  ].join(' ')
}

function spelledForCast({ type }: Column, stored: string): string {
  return type.kind === 'enum' && type.native !== null ? quoteName(type.native) : stored
}

/** A default may not convert with its column, and would stay in the old type's words where it does. */
function defaultDropped({ now, to }: Change, newType: boolean): readonly string[] {
  const has = now.default !== null && !isSerial(now.type)
  const gone = has && (newType || (to.default === null && !isSerial(to.type)))
  return gone ? [`alter column ${quote(to.name)} drop default`] : []
}

function defaultSet({ now, to }: Change, newType: boolean): readonly string[] {
  if (to.default === null || isSerial(to.type) || to.identity !== null) return []
  const stays =
    !newType &&
    !isSerial(now.type) &&
    isSame(canonicalColumn(now).default, canonicalColumn(to).default)
  return stays
    ? []
    : [`alter column ${quote(to.name)} set default ${emittedDefault(to.default, to)}`]
}

function nullability({ now, to, isKey }: Change): readonly string[] {
  const required = !to.nullable || isKey || isSerial(to.type) || to.identity !== null
  if (required === !now.nullable) return []
  return [`alter column ${quote(to.name)} ${required ? 'set' : 'drop'} not null`]
}

function enumValues({ type }: Column): readonly string[] | null {
  return type.kind === 'enum' && type.native === null ? type.values : null
}

function dropEnumCheck(context: EmitContext, { table, now, to }: Change): readonly string[] {
  const values = enumValues(now)
  if (values === null || isSame(values, enumValues(to))) return []
  const name = context.live(table)?.enumChecks.get(now.name)?.name
  return [
    `drop constraint ${quote(name ?? automaticName(splitName(table).bare, now.name, 'check'))}`,
  ]
}

function addEnumCheck(context: EmitContext, { table, now, to }: Change): readonly string[] {
  const values = enumValues(to)
  if (values === null || isSame(values, enumValues(now))) return []
  const kept =
    enumValues(now) === null ? undefined : context.live(table)?.enumChecks.get(now.name)?.name
  const name = kept ?? automaticName(splitName(table).bare, to.name, 'check')
  return [`add constraint ${quote(name)} check (${enumCondition(to.name, values, quoteText)})`]
}
