/** Says in sentences what inference assumed for a table that does not exist yet. */
import type { ColumnType } from '../../schema/column.js'
import type { InferredColumn, Join, Reference } from './described.js'
import type { Assumption } from './property-column.js'

const BY_COLUMNS: Readonly<Record<Assumption, (names: string) => string>> = {
  length: (names) => `${names}: at most 255 characters, since there is no maxLength.`,
  double: (names) => `${names}: double, since jsonSchema says no precision.`,
  text: (names) => `${names}: text, since maxLength is more than every database allows a string.`,
  untyped: (names) =>
    `${names}: a string of at most 255 characters, since jsonSchema says no type.`,
  mixed: (names) => `${names}: the first of several types that jsonSchema allows.`,
  unchecked: (names) => `${names}: any number, although jsonSchema lists the values.`,
}

/** One sentence for each thing assumed about columns, naming all of them. */
export function columnSentences(columns: readonly InferredColumn[]): readonly string[] {
  const counting = columns.filter((column) => column.type.kind === 'increments' && !column.isStated)
  const sentences = [...groupByAssumption(columns)].map(([assumption, names]) =>
    BY_COLUMNS[assumption](names.join(', ')),
  )
  return [
    ...counting.map(({ name }) => `${name}: a counting primary key, Objection's default idColumn.`),
    ...sentences,
  ]
}

/** What a relation brings to a table. */
export function referenceSentence({ where, columns, refTable, refColumns }: Reference): string {
  return `${columns.join(', ')}: refers to ${refTable} (${refColumns.join(', ')}), by the relation ${where}.`
}

/** Columns that relations need, and that have no foreign key. */
export function looseSentences(
  brought: readonly InferredColumn[],
  accepted: readonly Reference[],
  references: readonly Reference[],
): readonly string[] {
  const held = new Set(accepted.flatMap(({ columns }) => columns))
  return brought
    .filter(({ name }) => !held.has(name))
    .map(({ name }) => {
      const relations = references.filter(({ columns }) => columns.includes(name))
      const names = relations.map(({ where }) => where).join(', ')
      return `${name}: used by ${names}, with no foreign key since not every row need match.`
    })
}

/** Said where jsonSchema names another type than the column that a relation refers to has. */
export function retypedSentence(name: string, from: ColumnType, to: ColumnType): string | null {
  // An integer that refers to a counting column is an integer all the same.
  if (from.kind === to.kind) return null
  return `${name}: ${to.kind} and not ${from.kind}, as the column that it refers to.`
}

/** What the relations through a join table say of it. */
export function joinSentences(
  joins: readonly Join[],
  primaryKey: readonly string[],
): readonly string[] {
  const names = joins.map(({ where }) => where).join(', ')
  const extras = [...new Set(joins.flatMap((join) => join.extras))]
  return [
    `No model has this table: it is the join table of ${names}.`,
    ...(primaryKey.length > 0 ? [`${primaryKey.join(', ')}: the primary key together.`] : []),
    ...(extras.length > 0 ? [BY_COLUMNS.untyped(extras.join(', '))] : []),
  ]
}

function groupByAssumption(
  columns: readonly InferredColumn[],
): ReadonlyMap<Assumption, readonly string[]> {
  const groups = new Map<Assumption, readonly string[]>()
  for (const { name, assumption } of columns) {
    if (assumption !== null) groups.set(assumption, [...(groups.get(assumption) ?? []), name])
  }
  return groups
}
