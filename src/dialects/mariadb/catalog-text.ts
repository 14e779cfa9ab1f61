/** Texts as the catalog keeps them: in three bytes a sign, whatever the tables hold. */
import type { DefaultValue } from '../../schema/column.js'

/** A comment as it is kept; an empty one is none. */
export function catalogComment(comment: string | null): string | null {
  return comment === null || comment === '' ? null : catalogText(comment)
}

/** A literal default as it is shown: new rows get the sign itself. What an expression shows the server tells. */
export function catalogDefault(value: DefaultValue | null): DefaultValue | null {
  return value?.kind === 'literal' && typeof value.value === 'string'
    ? { ...value, value: catalogText(value.value) }
    : value
}

/** A text of the catalog: a sign beyond U+FFFF is a question mark there, and can never be told apart. */
export function catalogText(text: string): string {
  return text.replaceAll(/[\u{10000}-\u{10ffff}]/gu, '?')
}
