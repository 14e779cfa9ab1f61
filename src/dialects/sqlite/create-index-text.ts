/** The text of a CREATE INDEX, for what the pragmas do not say (https://sqlite.org/lang_createindex.html). */
import type { KeyPart } from './key-parts.js'
import { readKeyParts } from './key-parts.js'
import { readerOf, UnreadableText } from './reader.js'

export interface IndexText {
  readonly unique: boolean
  readonly parts: readonly KeyPart[]
  /** Verbatim. */
  readonly where: string | null
}

/** @throws UnreadableText where it is no CREATE INDEX that we understand */
export function readCreateIndex(sql: string): IndexText {
  const reader = readerOf(sql)
  reader.words('create')
  const unique = reader.words('unique')
  if (!reader.words('index')) throw new UnreadableText(`No CREATE INDEX: ${sql}`)
  reader.words('if', 'not', 'exists')
  reader.name()
  if (reader.sign('.')) reader.name()
  if (!reader.words('on')) throw new UnreadableText(`No ON: ${sql}`)
  reader.name()
  const parts = readKeyParts(reader.inParentheses())
  const where = reader.words('where') ? sql.slice(reader.peek()?.start).trim() : null
  return { unique, parts, where }
}
