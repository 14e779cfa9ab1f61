/** Parts of a script as lines of source. */
import { ENGINE_LACKS } from './engine-lacks.js'
import type { BodyPart } from '../../scripts/writing/body.js'
import { isPlainName } from '../../scripts/writing/stand-in.js'
import { counterpartRemarks } from '../../scripts/writing/counterparts.js'
import { fillInLines } from '../../scripts/writing/fill-in.js'
import type { Column } from '../../schema/column.js'
import { stringText } from '../../vocabulary/writing/source-text.js'
import { writeOperations } from '../../vocabulary/writing/write-script.js'

export interface BodyLines {
  readonly lines: readonly string[]
  /** The functions of `migrate-tui/operations` that the lines call. */
  readonly imports: readonly string[]
}

/** The lines of a script's `up` or `down`. */
export function bodyLines(parts: readonly BodyPart[]): BodyLines {
  const lines: string[] = []
  const imports = new Set<string>()
  for (const part of parts) {
    if (part.kind === 'operations') {
      const written = writeOperations(part.operations, (operations) =>
        counterpartRemarks(ENGINE_LACKS, operations),
      )
      lines.push(...written.lines)
      for (const name of written.imports) imports.add(name)
    } else lines.push(...(part.kind === 'update' ? updateLines(part) : openPlaceLines(part)))
  }
  return { lines, imports: [...imports].toSorted() }
}

function updateLines(part: Extract<BodyPart, { readonly kind: 'update' }>): readonly string[] {
  const { table, column, value, onlyNulls } = part
  const comment = part.comment === null ? [] : [`// ${oneLine(part.comment)}`]
  if (!isPlainName(table) || !isPlainName(column)) return [...comment, rawUpdate(part)]
  const where = onlyNulls ? `.whereNull(${stringText(column)})` : ''
  const key = /^[A-Za-z_$][\w$]*$/.test(column) ? column : stringText(column)
  return [...comment, `await knex(${stringText(table)})${where}.update({ ${key}: ${value} })`]
}

/**
 * Knex's query builder takes a dot, ` as ` and a question mark in a name for something else. Where
 * `??` would split a name too it is quoted in the text.
 */
function rawUpdate({
  table,
  column,
  value,
  onlyNulls,
}: Extract<BodyPart, { readonly kind: 'update' }>): string {
  const bindings: string[] = []
  const name = (text: string): string => {
    if (/\.| as /i.test(text)) return `"${text.replaceAll('"', '""')}"`
    bindings.push(stringText(text))
    return '??'
  }
  const target = table.split('.').map(name).join('.')
  const set = name(column)
  bindings.push(value)
  const where = onlyNulls ? ` where ${name(column)} is null` : ''
  const sql = stringText(`update ${target} set ${set} = ?${where}`)
  return `await knex.raw(${sql}, [${bindings.join(', ')}])`
}

function openPlaceLines(part: Extract<BodyPart, { readonly kind: 'fillIn' }>): readonly string[] {
  const { table, column, rows } = part
  const [example = ''] = updateLines({
    kind: 'update',
    table,
    column: column.name,
    value: exampleOf(column),
    onlyNulls: true,
    comment: null,
  })
  return fillInLines({ table, column: column.name, rows, example })
}

function exampleOf({ type }: Column): string {
  const numbers = ['integer', 'bigInteger', 'smallint', 'tinyint', 'decimal', 'float', 'double']
  if (numbers.includes(type.kind)) return '0'
  return type.kind === 'boolean' ? 'false' : "'…'"
}

/** A comment can hold nothing but its own line. */
function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')
}
