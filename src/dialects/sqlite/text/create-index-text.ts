/** The text of a CREATE INDEX, for what the pragmas do not say (https://sqlite.org/lang_createindex.html). */
import type { KeyPart } from './key-parts.js'
import { readKeyParts } from './key-parts.js'
import {
  UnreadableText,
  peek,
  readerOf,
  takeName,
  takeParentheses,
  takeSign,
  takeWords,
} from './reader.js'

export interface IndexText {
  readonly unique: boolean
  readonly parts: readonly KeyPart[]
  /** Verbatim. */
  readonly where: string | null
}

/** @throws UnreadableText where it is no CREATE INDEX that we understand */
export function readCreateIndex(sql: string): IndexText {
  const reader = readerOf(sql)
  takeWords(reader, 'create')
  const unique = takeWords(reader, 'unique')
  if (!takeWords(reader, 'index')) throw new UnreadableText(`No CREATE INDEX: ${sql}`)
  takeWords(reader, 'if', 'not', 'exists')
  takeName(reader)
  if (takeSign(reader, '.')) takeName(reader)
  if (!takeWords(reader, 'on')) throw new UnreadableText(`No ON: ${sql}`)
  takeName(reader)
  const parts = readKeyParts(takeParentheses(reader))
  const where = takeWords(reader, 'where') ? sql.slice(peek(reader)?.start).trim() : null
  return { unique, parts, where }
}
