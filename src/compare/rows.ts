/** Both sides of a table as aligned lines of text. */
import { columnText, optionsText, partChanges, primaryKeyText } from '../operations/describe.js'
import type { Operation } from '../operations/operation.js'
import type { Table } from '../schema/table.js'
import type { ColumnDifference } from './compare-columns.js'
import type { TableDifference } from './compare-table.js'
import type { ComparisonRow, RowFacet } from './comparison.js'
import { constraintText } from './constraint-text.js'
import type { MatchedConstraint } from './match-constraints.js'

/** What the rows of a pair are told beyond the two tables. */
export interface RowContext {
  /** Former names of renamed columns, by their new ones. */
  readonly renamed: ReadonlyMap<string, string>
  readonly allowDrops: boolean
}

/** The rows of a table that both sides have; without a difference only the names of columns changed. */
export function differenceRows(
  current: Table,
  wanted: Table,
  {
    difference,
    context,
  }: { readonly difference: TableDifference | null; readonly context: RowContext },
): readonly ComparisonRow[] {
  const columns =
    difference?.columns ??
    wanted.columns.map((column) => ({
      name: column.name,
      current: column,
      wanted: column,
      isSame: true,
    }))
  return [
    ...columns.map((each) => columnRow(each, context)),
    ...(difference === null ? [] : tableRows(current, wanted, difference)),
    ...(difference?.constraints ?? []).map((each) => constraintRow(each, context)),
  ]
}

function columnRow(
  { name, current, wanted, isSame: same }: ColumnDifference,
  { renamed, allowDrops }: RowContext,
): ComparisonRow {
  const was = renamed.get(name)
  const reasons = [
    ...(was === undefined ? [] : [`renamed from ${was}`]),
    ...(current === null || wanted === null ? [] : [partsReason(current, wanted, same)]),
    ...(wanted === null && !allowDrops ? [WITHHELD] : []),
  ]
  return {
    facet: 'column',
    name,
    model: wanted === null ? null : columnText(wanted),
    database: current === null ? null : columnText(current),
    status: statusOf(current, wanted, same && was === undefined),
    reason: reasons.filter((reason) => reason !== '').join('; '),
  }
}

/** Which parts of a column differ, or why differing texts are the same. */
function partsReason(
  current: NonNullable<ColumnDifference['current']>,
  wanted: NonNullable<ColumnDifference['wanted']>,
  same: boolean,
): string {
  const parts = partChanges(current, wanted).map(({ part }) => part)
  if (parts.length === 0) return ''
  return same ? SAME_HERE : parts.map((part) => (part === 'null' ? 'not null' : part)).join(', ')
}

/** Primary key, comment and options; those that neither side has are no row. */
function tableRows(
  current: Table,
  wanted: Table,
  { operations, hasSameKey }: TableDifference,
): readonly ComparisonRow[] {
  const isChanged = (kind: Operation['kind']): boolean =>
    operations.some((operation) => operation.kind === kind)
  const row = (
    facet: RowFacet,
    [model, database]: readonly [string | null, string | null],
    same: boolean,
  ): readonly ComparisonRow[] => {
    if (model === null && database === null) return []
    const reason = same && model !== database ? SAME_HERE : ''
    const name = facet === 'primaryKey' ? 'primary key' : facet
    return [{ facet, name, model, database, status: statusOf(database, model, same), reason }]
  }
  return [
    ...row('primaryKey', [keyText(wanted), keyText(current)], hasSameKey),
    ...row('comment', [wanted.comment, current.comment], !isChanged('alterComment')),
    ...row('options', [ownOptions(wanted), ownOptions(current)], !isChanged('alterOptions')),
  ]
}

function keyText({ primaryKey }: Table): string | null {
  return primaryKey === null ? null : primaryKeyText(primaryKey)
}

function ownOptions({ options }: Table): string | null {
  return Object.keys(options).length === 0 ? null : optionsText(options)
}

function constraintRow(
  { current, wanted, isSame: same }: MatchedConstraint,
  { allowDrops }: RowContext,
): ComparisonRow {
  const shown = wanted ?? current
  const otherName =
    current !== null && wanted !== null && current.name !== wanted.name
      ? `named ${current.name} in the database`
      : ''
  return {
    facet: shown?.neutral.kind ?? 'index',
    name: shown?.name ?? '',
    model: wanted === null ? null : constraintText(wanted.neutral),
    database: current === null ? null : constraintText(current.neutral),
    status: statusOf(current, wanted, same),
    reason: wanted === null && !allowDrops ? WITHHELD : otherName,
  }
}

const WITHHELD = 'stays while a model cannot be read'
const SAME_HERE = 'the same in this database'

function statusOf(
  database: unknown,
  model: unknown,
  same: boolean,
): 'same' | 'changed' | 'onlyModel' | 'onlyDatabase' {
  if (same) return 'same'
  if (database === null) return 'onlyModel'
  return model === null ? 'onlyDatabase' : 'changed'
}
