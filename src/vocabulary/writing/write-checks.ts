/** Checks that Knex has a word for on their column. */
import type { Check } from '../../schema/table.js'
import { columnCheckSql } from '../column-checks.js'
import type { Call, Source } from './source-text.js'
import { array, call, string, strings, text } from './source-text.js'
import { piecesOf, quotedName, quotedString, solidPieces } from '../sql-text.js'

/** A word for a check; of several on one column Knex runs the lower rank first. */
export interface CheckWord {
  readonly call: Call
  readonly rank: number
}

interface Candidate {
  readonly method: string
  readonly rank: number
  /** As the reader takes them. */
  readonly args: readonly unknown[]
  readonly sources: readonly Source[]
}

/** The word for a check over a column; null where there is none that reads back the same. */
export function checkWord(column: string, check: Check, isAutomatic: boolean): CheckWord | null {
  const found = candidates(column, check.sql).find(
    ({ method, args }) => columnCheckSql(column, { method, args }, PLAIN) === check.sql,
  )
  if (found === undefined) return null
  const name = isAutomatic ? [] : [string(check.name)]
  return { call: call(found.method, ...found.sources, ...name), rank: found.rank }
}

/** `checkRegex` is left out: its operator differs from engine to engine. */
const PLAIN = {
  literal: (value: unknown) => (typeof value === 'string' ? quotedString(value) : String(value)),
  regexOperator: '',
}

function candidates(column: string, sql: string): readonly Candidate[] {
  const name = quotedName(column)
  const [values, length, between] = [
    listBehind(sql, `${name} in `) ?? listBehind(sql, `${name} not in `),
    /^(>=|<=|!=|>|<|=) (\d{1,9})$/.exec(behind(sql, `length(${name}) `) ?? ''),
    /^(-?\d{1,9}) and (-?\d{1,9})$/.exec(behind(sql, `${name} between `) ?? ''),
  ]
  return [
    { method: 'checkPositive', rank: 0, args: [], sources: [] },
    { method: 'checkNegative', rank: 1, args: [], sources: [] },
    ...(values === null
      ? []
      : [
          { method: 'checkIn', rank: 2, args: [values], sources: [strings(values)] },
          { method: 'checkNotIn', rank: 3, args: [values], sources: [strings(values)] },
        ]),
    ...(between === null ? [] : [betweenCandidate(between)]),
    ...(length === null ? [] : [lengthCandidate(length)]),
  ]
}

function betweenCandidate([, low = '', high = '']: readonly string[]): Candidate {
  return {
    method: 'checkBetween',
    rank: 4,
    args: [[Number(low), Number(high)]],
    sources: [array([text(low), text(high)])],
  }
}

function lengthCandidate([, operator = '', length = '']: readonly string[]): Candidate {
  return {
    method: 'checkLength',
    rank: 5,
    args: [operator, Number(length)],
    sources: [string(operator), text(length)],
  }
}

function behind(sql: string, start: string): string | null {
  return sql.startsWith(start) ? sql.slice(start.length) : null
}

/** The texts of a list `('a', 'b')`; null for anything else, and where a backslash may be an escape. */
function listBehind(sql: string, start: string): readonly string[] | null {
  const list = behind(sql, start)
  if (list === null || list.includes('\\')) return null
  const pieces = solidPieces(piecesOf(list)).slice(1, -1)
  const values = pieces.filter((_, at) => at % 2 === 0)
  return values.length > 0 && values.every((piece) => piece.text.startsWith("'"))
    ? values.map((piece) => piece.text.slice(1, -1).replaceAll("''", "'"))
    : null
}
