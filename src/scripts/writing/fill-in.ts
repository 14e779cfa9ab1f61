/** Places in a generated script that a person is asked to look at or to fill in. */
import { stringText } from '../../vocabulary/writing/source-text.js'
import { FILL_IN_MARK } from '../reading/header.js'

/** A column that rows need a value in, which nobody gave. */
export interface OpenPlace {
  readonly table: string
  readonly column: string
  readonly rows: number
  /** One line of source text that would fill it, for the person to change. */
  readonly example: string
}

/**
 * Lines that say what to fill in and stop the script until that is done: a comment with the mark,
 * an example, and a throw.
 */
export function fillInLines({ table, column, rows, example }: OpenPlace): readonly string[] {
  const counted = `${rows} ${rows === 1 ? 'row' : 'rows'}`
  const where = oneLine(`${table}.${column}`)
  const refusal = stringText(`${where} has no value yet for ${counted}: fill it in here.`)
  return [
    `// ${FILL_IN_MARK} ${where}: ${counted} ${rows === 1 ? 'needs' : 'need'} a value, for example:`,
    `// ${oneLine(example)}`.trimEnd(),
    // Prettier's 100 columns, two of them the indentation of the body.
    ...(refusal.length + 'throw new Error()'.length <= 98
      ? [`throw new Error(${refusal})`]
      : ['throw new Error(', `  ${refusal},`, ')']),
  ]
}

/** The line that marks a place where rows may be changed as well; `what` says which and why. */
export function dataPlaceLine(what: string): string {
  return `// migrate-tui:data ${oneLine(what)}`.trimEnd()
}

/** Nothing in a name ends a comment's line. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ').trim()
}
