/** Dropped and added columns of one table that may be renamed ones. */
import { typeText } from '../operations/describe.js'
import { isSame } from '../operations/equal.js'
import type { Column, ColumnType } from '../schema/column.js'
import type { Table } from '../schema/table.js'
import { bestAssignment, type ScoredPair } from './assignment.js'
import type { RenameCandidate } from './comparison.js'
import { nameSimilarity } from './similarity.js'

/** Below this a pair is not asked for: the types fit, and nothing else speaks for it. */
const THRESHOLD = 0.4

/** A pair of columns that may be kept apart. */
export type IsApart = (from: string, to: string) => boolean

/** Both sides of a table, neutral and as the database would report them. */
export interface BothForms {
  readonly current: Table
  readonly wanted: Table
  readonly before: Table
  readonly after: Table
}

/**
 * The best one-to-one candidates among columns that only one side has. The type counts 0.45 (half
 * of that where it is only of the same family), the name 0.35, the place in the table 0.1, and being
 * part of the same keys and indexes 0.1.
 */
export function columnCandidates(tables: BothForms, isApart: IsApart): readonly RenameCandidate[] {
  const { current, wanted } = tables
  const kept = new Set(wanted.columns.map((column) => column.name))
  const there = new Set(current.columns.map((column) => column.name))
  const dropped = current.columns.filter((column) => !kept.has(column.name))
  const added = wanted.columns.filter((column) => !there.has(column.name))
  const pairs = dropped.flatMap((from) =>
    added.flatMap((to) => {
      const pair = isApart(from.name, to.name) ? null : scored(from, to, tables)
      return pair !== null && pair.score >= THRESHOLD ? [pair] : []
    }),
  )
  return bestAssignment(pairs).map(({ from, to, score, evidence }) => ({
    table: current.name,
    column: from,
    to,
    score,
    evidence,
  }))
}

type Evidenced = ScoredPair & { readonly evidence: readonly string[] }

function scored(from: Column, to: Column, tables: BothForms): Evidenced | null {
  const similarity = nameSimilarity(from.name, to.name)
  const type = typeScore(from, to, tables)
  if (type === 0 && similarity < 1) return null
  const place = isSamePlace(from, to, tables) ? 1 : 0
  const keys = [keysOf(tables.current, from.name), keysOf(tables.wanted, to.name)] as const
  const sameKeys = keys[0] === keys[1]
  const keyScore = !sameKeys ? 0 : keys[0] === '' ? 0.5 : 1
  const score = 0.45 * type + 0.35 * similarity + 0.1 * place + 0.1 * keyScore
  return {
    from: from.name,
    to: to.name,
    score: Math.round(score * 100) / 100,
    evidence: [
      ...(type === 1 ? [`same type ${typeText(from.type)}`] : []),
      ...(type === 0.5 ? [`${typeText(from.type)} becomes ${typeText(to.type)}`] : []),
      ...(similarity >= 0.4 ? [`the names are alike (${similarity.toFixed(2)})`] : []),
      ...(place === 1 ? ['the same place in the table'] : []),
      ...(keyScore === 1 ? [`the same keys: ${keys[0]}`] : []),
    ],
  }
}

/** 1 for types that are the same to the database, 0.5 within a family, else 0. */
function typeScore(from: Column, to: Column, { before, after }: BothForms): 0 | 0.5 | 1 {
  const live = before.columns.find((column) => column.name === from.name)
  const next = after.columns.find((column) => column.name === to.name)
  if (isSame(live?.type, next?.type)) return 1
  const family = familyOf(from.type)
  return family !== null && family === familyOf(to.type) ? 0.5 : 0
}

/** Types between which values are carried over without thinking; null is a family of its own. */
function familyOf(type: ColumnType): string | null {
  switch (type.kind) {
    case 'string':
    case 'text':
    case 'enum':
    case 'uuid':
      return 'text'
    case 'tinyint':
    case 'smallint':
    case 'mediumint':
    case 'integer':
    case 'bigInteger':
    case 'increments':
    case 'bigIncrements':
    case 'decimal':
    case 'float':
    case 'double':
    case 'boolean':
      return 'number'
    case 'date':
    case 'timestamp':
    case 'datetime':
      return 'date'
    case 'json':
    case 'jsonb':
      return 'json'
    default:
      return null
  }
}

/** At the same count of columns from the top, or right behind the same column. */
function isSamePlace(from: Column, to: Column, { current, wanted }: BothForms): boolean {
  const at = current.columns.indexOf(from)
  const then = wanted.columns.indexOf(to)
  if (at === then) return true
  const before = current.columns[at - 1]?.name
  return before !== undefined && before === wanted.columns[then - 1]?.name
}

/** The kinds of keys and indexes that a column is part of, in words; empty for none. */
function keysOf(table: Table, column: string): string {
  const covers = (columns: readonly string[]): boolean => columns.includes(column)
  const isIndexed = table.indexes.some((index) =>
    index.parts.some((part) => 'column' in part.on && part.on.column === column),
  )
  return [
    ...(covers(table.primaryKey?.columns ?? []) ? ['primary key'] : []),
    ...(table.uniques.some((unique) => covers(unique.columns)) ? ['unique'] : []),
    ...(isIndexed ? ['index'] : []),
    ...table.foreignKeys
      .filter((key) => covers(key.columns))
      .map((key) => `foreign key to ${key.refTable}`),
  ].join(', ')
}
