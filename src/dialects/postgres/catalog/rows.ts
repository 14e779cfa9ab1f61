/** Catalog rows, checked field by field where they enter. */
import type { Row } from '../../connection.js'

/** @throws Error where the catalog gives no text: the question was wrong */
export function text(row: Row, key: string): string {
  const value = row[key]
  if (typeof value !== 'string') throw new Error(`catalog: ${key} is no text`)
  return value
}

export function textOrNull(row: Row, key: string): string | null {
  return row[key] === null ? null : text(row, key)
}

export function number(row: Row, key: string): number {
  const value = Number(row[key])
  if (!Number.isInteger(value)) throw new Error(`catalog: ${key} is no number`)
  return value
}

export function flag(row: Row, key: string): boolean {
  return row[key] === true
}

export function numbers(row: Row, key: string): readonly number[] {
  return list(row, key).map(Number)
}

export function texts(row: Row, key: string): readonly string[] {
  return list(row, key).map(String)
}

/** Texts and nulls; none where the whole is null. */
export function textsOrNulls(row: Row, key: string): readonly (string | null)[] {
  return list(row, key).map((item) => (typeof item === 'string' ? item : null))
}

function list(row: Row, key: string): readonly unknown[] {
  const value = row[key]
  if (value === null || value === undefined) return []
  if (!Array.isArray(value)) throw new Error(`catalog: ${key} is no list`)
  return value as readonly unknown[]
}

/** The rows by a number in each, in order. */
export function grouped(rows: readonly Row[], key: string): ReadonlyMap<number, readonly Row[]> {
  const groups = new Map<number, Row[]>()
  for (const row of rows) {
    const at = number(row, key)
    const group = groups.get(at)
    if (group === undefined) groups.set(at, [row])
    else group.push(row)
  }
  return groups
}
