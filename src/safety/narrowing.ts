/** Changes of a column's type that cannot hold every value they held before. */
import type { ColumnType, IntegerKind } from '../schema/column.js'

export interface Narrowing {
  readonly code: string
  readonly message: string
  /** The condition under which a row is affected, over the quoted column; null: any value may be. */
  readonly where: string | null
  /** Whether affected rows make the step fail; else they lose something silently. */
  readonly fails: boolean
}

const INTEGER_BITS: Readonly<Record<IntegerKind, number>> = {
  tinyint: 8,
  smallint: 16,
  mediumint: 24,
  integer: 32,
  bigInteger: 64,
}

/** How a change of type may harm values, null when every value fits as it is. */
export function narrows(from: ColumnType, to: ColumnType, quoted: string): Narrowing | null {
  if (from.kind === to.kind) return narrowsWithin(from, to, quoted)
  if (isInteger(from) && isInteger(to)) {
    return INTEGER_BITS[to.kind] < INTEGER_BITS[from.kind]
      ? { code: 'H10', message: 'a smaller whole number', where: null, fails: false }
      : null
  }
  if (from.kind === 'text' && to.kind === 'string') return shorter(to.length, quoted)
  if (isText(to) || keeps(from, to)) return null
  return {
    code: 'H12',
    message: `values become ${to.kind === 'native' ? to.text : to.kind}, and what does not convert is lost`,
    where: null,
    fails: false,
  }
}

function narrowsWithin(from: ColumnType, to: ColumnType, quoted: string): Narrowing | null {
  if (from.kind === 'string' && to.kind === 'string') {
    return to.length < from.length ? shorter(to.length, quoted) : null
  }
  if (from.kind === 'decimal' && to.kind === 'decimal') {
    const less = (a: number | null, b: number | null): boolean =>
      b !== null && (a === null || b < a)
    return less(from.precision, to.precision) || less(from.scale, to.scale)
      ? { code: 'H13', message: 'fewer digits', where: null, fails: false }
      : null
  }
  if (from.kind === 'enum' && to.kind === 'enum') {
    const gone = from.values.filter((value) => !to.values.includes(value))
    if (gone.length === 0) return null
    const list = gone.map((value) => `'${value.replaceAll("'", "''")}'`).join(', ')
    return {
      code: 'H41',
      message: `the value ${gone.join(', ')} is allowed no more`,
      where: `${quoted} in (${list})`,
      fails: true,
    }
  }
  return null
}

function shorter(length: number, quoted: string): Narrowing {
  return {
    code: 'H09',
    message: `at most ${length} characters`,
    where: `length(${quoted}) > ${length}`,
    fails: false,
  }
}

function isInteger(type: ColumnType): type is Extract<ColumnType, { kind: IntegerKind }> {
  return type.kind in INTEGER_BITS
}

function isText(type: ColumnType): boolean {
  return type.kind === 'text' || type.kind === 'string'
}

/** Pairs of kinds that differ in name and hold the same values. */
function keeps(from: ColumnType, to: ColumnType): boolean {
  const same: readonly (readonly string[])[] = [
    ['json', 'jsonb'],
    ['timestamp', 'datetime'],
    ['increments', 'integer', 'bigIncrements', 'bigInteger'],
    ['float', 'double'],
    ['enum', 'string', 'text'],
  ]
  const widens: readonly (readonly [string, string])[] = [
    ['integer', 'decimal'],
    ['smallint', 'decimal'],
    ['integer', 'double'],
    ['boolean', 'integer'],
    ['date', 'timestamp'],
    ['date', 'datetime'],
    ['uuid', 'string'],
  ]
  return (
    same.some((kinds) => kinds.includes(from.kind) && kinds.includes(to.kind)) ||
    widens.some(([a, b]) => from.kind === a && to.kind === b)
  )
}
