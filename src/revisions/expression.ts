/** The grammar of revision arguments, read into data. What a name stands for is not looked up here. */
import { MigrateError } from '../errors.js'
import { RESERVED_WORDS } from './revision.js'

/** What an argument starts from. */
export type Anchor =
  | { readonly kind: 'head' | 'heads' | 'base' | 'current' }
  /** An id, the beginning of one, or a branch label. */
  | { readonly kind: 'name'; readonly text: string }

/** One revision argument: `label@head-2`. */
export interface Expression {
  readonly written: string
  /** The label or revision before `@`. */
  readonly branch: string | null
  /** Null in `+2` and `-1`: the command says what they count from. */
  readonly anchor: Anchor | null
  /** 0 where no steps are written. */
  readonly steps: number
}

/** A range `a:b`; null for an end that is left out. */
export interface RangeExpression {
  readonly from: Expression | null
  readonly to: Expression | null
}

/** A part in quotes, or one without a character of the grammar. */
const NAME = /"[^"]*"|'[^']*'|[^"'@]+?/.source
const EXPRESSION = new RegExp(`^(?:(${NAME})@)?(${NAME})??([+-]\\d+)?$`, 'su')

/**
 * Reads one argument.
 * @throws MigrateError `REV_SYNTAX` where it is none
 */
export function parseExpression(written: string): Expression {
  const match = EXPRESSION.exec(written.trim())
  const [, branch, name, steps] = match ?? []
  if (match === null || (name === undefined && steps === undefined)) throw syntaxError(written)
  return {
    written: written.trim(),
    branch: branch === undefined ? null : unquoted(branch),
    anchor: name === undefined ? null : anchorOf(name),
    steps: steps === undefined ? 0 : Number(steps),
  }
}

/** Whether an argument is written as a range; colons inside quotes belong to a name. */
export function isRange(written: string): boolean {
  return colons(written).length > 0
}

/**
 * Reads `a:b`, `a:`, `:b` or `:`.
 * @throws MigrateError `REV_SYNTAX` where it is none
 */
export function parseRange(written: string): RangeExpression {
  const [colon, ...more] = colons(written)
  if (colon === undefined || more.length > 0) {
    throw new MigrateError(
      'REV_SYNTAX',
      2,
      `${JSON.stringify(written)} is not a range of revisions.`,
      {
        fix: 'Write start:end, start: or :end, for example -r 3f9a:head.',
        details: { argument: written },
      },
    )
  }
  return {
    from: endOf(written.slice(0, colon)),
    to: endOf(written.slice(colon + 1)),
  }
}

function endOf(text: string): Expression | null {
  return text.trim() === '' ? null : parseExpression(text)
}

/** The places of the colons that are not in quotes. */
function colons(written: string): readonly number[] {
  return [...written.matchAll(/"[^"]*"|'[^']*'|:/g)].flatMap((match) =>
    match[0] === ':' ? [match.index] : [],
  )
}

function anchorOf(name: string): Anchor {
  if (isQuoted(name)) return { kind: 'name', text: unquoted(name) }
  switch (name) {
    case 'head':
    case 'heads':
    case 'base':
    case 'current':
      return { kind: name }
    default:
      return { kind: 'name', text: name }
  }
}

function isQuoted(name: string | undefined): boolean {
  return name !== undefined && /^["']/.test(name)
}

function unquoted(name: string): string {
  return isQuoted(name) ? name.slice(1, -1) : name
}

function syntaxError(written: string): MigrateError {
  return new MigrateError('REV_SYNTAX', 2, `${JSON.stringify(written)} does not name a revision.`, {
    why: 'An argument is a revision or label, then steps such as +1 or -2; a label goes before an @.',
    fix: `Write for example ${[...RESERVED_WORDS].join(', ')}, 3f9a, head-2 or label@head.`,
    details: { argument: written },
  })
}
