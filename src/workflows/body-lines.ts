/** Parts of a script as lines of source. */
import type { BodyPart } from '../scripts/body.js'
import { fillInLines } from '../scripts/fill-in.js'
import type { Column } from '../schema/column.js'
import { stringText } from '../vocabulary/source-text.js'
import { writeOperations } from '../vocabulary/write-script.js'

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
      const written = writeOperations(part.operations)
      lines.push(...written.lines)
      for (const name of written.imports) imports.add(name)
    } else lines.push(...(part.kind === 'update' ? updateLines(part) : openPlaceLines(part)))
  }
  return { lines, imports: [...imports].toSorted() }
}

function updateLines(part: Extract<BodyPart, { readonly kind: 'update' }>): readonly string[] {
  const table = `knex(${stringText(part.table)})`
  const where = part.onlyNulls ? `.whereNull(${stringText(part.column)})` : ''
  const key = /^[A-Za-z_$][\w$]*$/.test(part.column) ? part.column : stringText(part.column)
  const comment = part.comment === null ? [] : [`// ${oneLine(part.comment)}`]
  return [...comment, `await ${table}${where}.update({ ${key}: ${part.value} })`]
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
