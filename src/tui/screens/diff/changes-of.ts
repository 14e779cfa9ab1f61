/** Which changes of the next revision belong to a table, or to one row of it. */
import type { ComparisonRow, RowFacet } from '../../../compare/comparison.js'
import type { ChangeDocument } from '../../../workflows/documents.js'
import type { ReviewDocument } from '../../../workflows/screens/screen-documents.js'
import { namesOf } from '../../renames.js'
import type { TableEntry } from './entries.js'

type Kinds = readonly ChangeDocument['kind'][]

const KINDS: Readonly<Record<RowFacet, Kinds>> = {
  table: ['renameTable'],
  column: ['addColumn', 'dropColumn', 'alterColumn', 'renameColumn'],
  primaryKey: ['alterPrimaryKey'],
  unique: ['addUnique', 'dropUnique'],
  index: ['addIndex', 'dropIndex'],
  foreignKey: ['addForeignKey', 'dropForeignKey'],
  check: ['addCheck', 'dropCheck'],
  comment: ['alterComment'],
  options: ['alterOptions'],
}

const ENUMS: Kinds = ['createEnum', 'alterEnum', 'dropEnum']

/** The changes of a table, in the order in which they run; those of the enums that it uses too. */
export function changesOfTable(
  { changes }: ReviewDocument,
  entry: TableEntry,
): readonly ChangeDocument[] {
  const names = namesOf({ table: entry.name, rows: entry.rows })
  return changes.filter(
    (change) =>
      (change.table !== null && names.includes(change.table)) ||
      entry.rows.some((row) => isEnumOf(row, change)),
  )
}

/** The changes that make one row of a table equal. */
export function changesOfRow(
  document: ReviewDocument,
  entry: TableEntry,
  row: ComparisonRow,
): readonly ChangeDocument[] {
  const whole: Kinds =
    entry.status === 'onlyModel'
      ? ['createTable']
      : entry.status === 'onlyDatabase'
        ? ['dropTable']
        : []
  return changesOfTable(document, entry).filter(
    (change) => whole.includes(change.kind) || isEnumOf(row, change) || isOfFacet(row, change),
  )
}

function isOfFacet(row: ComparisonRow, { kind, name }: ChangeDocument): boolean {
  if (!KINDS[row.facet].includes(kind)) return false
  const onlyOne = row.facet === 'primaryKey' || row.facet === 'comment' || row.facet === 'options'
  if (onlyOne || row.facet === 'table') return true
  // Rows tell former names in words: `renamed from name`, `named users_old in the database`.
  return (
    name === row.name ||
    row.reason.split('; ').some((part) => part === `renamed from ${name}`) ||
    row.reason === `named ${name} in the database`
  )
}

/** A column whose type is an enum says the enum's name first. */
function isEnumOf({ facet, model, database }: ComparisonRow, change: ChangeDocument): boolean {
  if (facet !== 'column' || !ENUMS.includes(change.kind)) return false
  return [model, database].some((text) => text?.split(', ')[0] === change.name)
}
