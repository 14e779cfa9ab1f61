/** An error as a person reads it: what happened, why, in what state things are, what to type next. */
import { cleanText } from './clean.js'
import type { Look } from './look.js'
import { pad, wrap } from './text-width.js'

/** The words of an error. */
export interface Failure {
  readonly code: string
  readonly message: string
  readonly why: string | null
  readonly fix: string
  readonly state: string | null
  /** For `--verbose`; null leaves it out. */
  readonly stack: string | null
}

/** The error's lines; the code stands last, for searching. */
export function failureLines(failure: Failure, look: Look): readonly string[] {
  const { theme } = look
  const [first = '', ...more] = wrap(cleanText(failure.message), bodyWidth(look))
  return [
    `${theme.bad(theme.strong('error'))}  ${theme.strong(first)}`,
    ...more.map((line) => `       ${line}`),
    ...labelled('why', failure.why, look),
    ...labelled('state', failure.state, look),
    ...labelled('next', failure.fix, look),
    theme.faint(`       [${failure.code}]`),
    ...(failure.stack === null ? [] : cleanText(failure.stack).split('\n').map(theme.faint)),
  ]
}

/** A sentence that is no failure: `note  …`. */
export function warningLines(message: string, look: Look): readonly string[] {
  return labelled('note', message, look)
}

function labelled(label: string, text: string | null, look: Look): readonly string[] {
  if (text === null || text === '') return []
  return wrap(cleanText(text), bodyWidth(look)).map((line, index) =>
    index === 0 ? `${look.theme.note(pad(label, 5))}  ${line}` : `       ${line}`,
  )
}

function bodyWidth({ width }: Look): number | null {
  return width === null ? null : width - 7
}
