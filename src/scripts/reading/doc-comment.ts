/** A revision's message as a doc comment, and back. */
import { detached } from './literal.js'

/** Most messages: one line of ASCII without white space around it. */
const CLEAN = /^[!-~](?:[ -~]*[!-~])?$/

/**
 * A message as scripts hold it: no control or invisible characters but line ends, no white space at
 * the ends of its lines, no empty lines around it.
 */
export function cleanMessage(message: string): string {
  if (CLEAN.test(message)) return message
  return (
    message
      .replace(/\r\n?|[\u0085\u2028\u2029\v\f]/g, '\n')
      .replace(/\t/g, ' ')
      // Joiners are part of how words and emoji are written; the rest could hide or turn text round.
      .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, (one) => ('\n\u200c\u200d'.includes(one) ? one : ''))
      .replace(/[^\S\n]+(?=\n|$)/g, '')
      .replace(/^\s*\n|\n+$/g, '')
      .trim()
  )
}

/** The comment that holds a clean message; null where there is none to hold. */
export function docComment(message: string): string | null {
  if (message === '') return null
  const safe = message.replace(/\*(\\*)\//g, '*\\$1/')
  if (!safe.includes('\n')) return `/** ${safe} */`
  const lines = safe.split('\n').map((line) => (line === '' ? ' *' : ` * ${line}`))
  return ['/**', ...lines, ' */'].join('\n')
}

/** The message in a doc comment. */
export function docText(comment: string): string {
  const inner = comment.slice(3, comment.endsWith('*/') ? -2 : undefined)
  const text = inner.includes('\n') ? withoutStars(inner) : inner
  return detached(cleanMessage(text.trim().replace(/\*\\(\\*)\//g, '*$1/')))
}

function withoutStars(text: string): string {
  const lines = text.split(/\r?\n/)
  return lines.map((line, index) => (index === 0 ? line : line.replace(/^\s*\* ?/, ''))).join('\n')
}
