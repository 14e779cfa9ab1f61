/** `alterColumn` on the text of a table: only the parts that differ are written anew. */
import type { Column } from '../../../schema/column.js'
import type { Operation } from '../../../operations/operation.js'
import { canonicalColumn } from '../canonical.js'
import {
  collateText,
  COUNTER,
  expectStrictType,
  generatedText,
  isCounter,
  primaryKeyDefinition,
} from './column-definition.js'
import type { ColumnPart, ColumnText } from '../text/column-text.js'
import { defaultText, plainDefault } from '../defaults.js'
import { enumCheck } from '../enum-check.js'
import { notFound, refused } from './refusals.js'
import { checksOf, columnOf, primaryKeyOf } from '../catalog/table-parts.js'
import type { TableState, TextEdit } from './table-state.js'
import { columnIn, editedText, removal, withItem } from './table-state.js'
import { typeText } from '../types.js'

type AlterColumn = Extract<Operation, { readonly kind: 'alterColumn' }>

/** What an alteration changes of a column. */
export interface ColumnChange {
  readonly state: TableState
  /** Whether only NOT NULL comes or goes; null where nothing changes at all. */
  readonly only: 'nullable' | 'more' | null
}

/** The state with the column as the operation wants it. */
export function alterColumn(state: TableState, operation: AlterColumn): ColumnChange {
  const { from, to } = operation
  const text = columnOf(state.text, from.name)
  const live = columnIn(state, from.name)
  if (text === undefined || live === undefined) throw notFound(state.name, `column ${from.name}`)
  const facets = differences(text, live, operation)
  if (facets.size === 0) return { state, only: null }
  const only = facets.size === 1 && facets.has('nullable') ? 'nullable' : 'more'
  if (facets.has('type') && state.text.strict) expectStrictType(state.name, to)
  if (isCounter(to) !== isCounter(live)) return { state: recount(state, text, to), only: 'more' }
  return { state: rewrite(state, text, { live, to, facets }), only }
}

type Facet = 'type' | 'nullable' | 'default' | 'collation' | 'generated'

function differences(
  text: ColumnText,
  live: Column,
  { from, to }: AlterColumn,
): ReadonlySet<Facet> {
  const isAlone = isCounter(live) || isCounter(to)
  const old = canonicalColumn(live, isAlone)
  const wanted = canonicalColumn(to, isAlone)
  const facets = (['type', 'nullable', 'default', 'collation', 'generated'] as const).filter(
    (facet) => !isEqual(old[facet], wanted[facet]),
  )
  // A change that the engine does not tell apart is still written as it was asked for.
  const isTypeAsked = !isEqual(from.type, to.type) && typeText(live.type) !== typeText(to.type)
  const isNeverNull = text.parts.some((part) => part.kind === 'notNull') || isAlone
  const isNotNullAsked = from.nullable && !to.nullable && !isNeverNull
  return new Set([
    ...facets,
    ...(isTypeAsked ? (['type'] as const) : []),
    ...(isNotNullAsked ? (['nullable'] as const) : []),
  ])
}

interface Rewrite {
  readonly live: Column
  readonly to: Column
  readonly facets: ReadonlySet<Facet>
}

function rewrite(state: TableState, text: ColumnText, change: Rewrite): TableState {
  const { live, to, facets } = change
  const parts = (...kinds: readonly ColumnPart['kind'][]): readonly TextEdit[] =>
    text.parts.filter((part) => kinds.includes(part.kind)).map((part) => removal(text, part))
  const edits: TextEdit[] = []
  const added: string[] = []
  let left = state
  if (facets.has('type')) {
    edits.push({ start: text.nameEnd, end: text.typeEnd, text: '' })
    added.push(typeText(to.type))
  }
  if (facets.has('nullable')) {
    edits.push(...parts('notNull', 'null'))
    if (!to.nullable) added.push('not null')
  }
  if (facets.has('default')) {
    edits.push(...parts('default'))
    const value = plainDefault(to.default, to.type)
    if (value !== null) added.push(`default ${defaultText(value, to.type)}`)
  }
  if (facets.has('collation')) {
    edits.push(...parts('collate'))
    if (to.collation !== null) added.push(collateText(to.collation))
  }
  if (facets.has('type') && (live.type.kind === 'enum' || to.type.kind === 'enum')) {
    const check = checksOf(state.name, state.text).find((each) => each.enumOf?.column === text.name)
    const part = check?.place.part
    if (part != null) edits.push(removal(text, part))
    else if (check !== undefined) left = withItem(left, check.place.item, null)
    if (to.type.kind === 'enum') added.push(`check (${enumCheck(to.name, to.type.values)})`)
  }
  if (facets.has('generated')) {
    edits.push(...parts('generated'))
    if (to.generated !== null) added.push(generatedText(to.generated))
  }
  // Behind the type, or behind the name where the old type goes.
  const at = text.typeEnd
  edits.push({ start: at, end: at, text: added.map((word) => ` ${word}`).join('') })
  return withItem(left, text, editedText(text, edits))
}

/** A column that begins to count, or stops to: its key is written into it, or stays a plain one. */
function recount(state: TableState, text: ColumnText, to: Column): TableState {
  const key = primaryKeyOf(state.text)
  const cut = { start: text.nameEnd, end: text.typeEnd, text: '' }
  if (!isCounter(to)) {
    const nullable = to.nullable ? '' : ' not null'
    const added = ` ${typeText(to.type)}${nullable}`
    const isInline = key?.place.part != null
    const gone = text.parts.filter((part) => part.kind === 'primaryKey' || part.kind === 'notNull')
    const inline = isInline ? ' primary key' : ''
    const edits = [cut, ...gone.map((part) => removal(text, part))]
    const edited = editedText(text, [...edits, insertion(text, added + inline)])
    const counted = withItem(state, text, edited)
    if (isInline || key === null) return counted
    return withItem(counted, key.place.item, ` ${primaryKeyDefinition(key.name, key.columns)}`)
  }
  const isKey = key === null || (key.columns.length === 1 && key.columns[0] === text.name)
  if (!isKey) {
    throw refused(`${state.name}.${text.name} cannot count: it is not the primary key.`, {
      why: 'SQLite counts only in a column that is the whole primary key.',
      fix: `Make ${text.name} the primary key first.`,
    })
  }
  const gone = text.parts.filter((part) => part.kind !== 'check' && part.kind !== 'references')
  const edits = [cut, ...gone.map((part) => removal(text, part)), insertion(text, ` ${COUNTER}`)]
  const without = key?.place.part === null ? withItem(state, key.place.item, null) : state
  return withItem(without, text, editedText(text, edits))
}

function insertion(text: ColumnText, words: string): TextEdit {
  return { start: text.typeEnd, end: text.typeEnd, text: words }
}

function isEqual(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
