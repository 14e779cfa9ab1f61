/** Judges statements that a script runs itself: which of them lose data for certain. */
import type { RawStatement } from '../vocabulary/call.js'
import type { Hazard } from './hazard.js'
import { statementsOf } from './raw-statements.js'

interface RawRule {
  readonly code: string
  readonly pattern: RegExp
  readonly message: (name: string) => string
}

// An identifier as any of the engines quotes it, with its schema.
const NAME = String.raw`((?:"(?:[^"]|"")+"|\x60[^\x60]+\x60|\[[^\]]+\]|[\w$.]+)(?:\.(?:"(?:[^"]|"")+"|\x60[^\x60]+\x60|[\w$]+))?)`

const RULES: readonly RawRule[] = [
  {
    code: 'H01',
    pattern: new RegExp(String.raw`^drop\s+table\s+(?:if\s+exists\s+)?${NAME}`, 'i'),
    message: (name) => `dropping the table ${name} loses its rows`,
  },
  {
    code: 'H02',
    pattern: new RegExp(
      String.raw`^alter\s+table\s+(?:if\s+exists\s+)?(?:only\s+)?${NAME}[\s\S]*?\bdrop\s+(?:column\s+)?(?!constraint\b|default\b|not\b|primary\b|foreign\b|index\b|key\b|check\b|expression\b|identity\b)`,
      'i',
    ),
    message: (name) => `dropping a column of ${name} loses its values`,
  },
  {
    code: 'H05',
    pattern: new RegExp(String.raw`^truncate\s+(?:table\s+)?${NAME}`, 'i'),
    message: (name) => `emptying the table ${name} loses its rows`,
  },
  {
    code: 'H05',
    pattern: new RegExp(String.raw`^delete\s+from\s+(?:only\s+)?${NAME}(?![\s\S]*\bwhere\b)`, 'i'),
    message: (name) => `deleting every row of ${name} loses them`,
  },
  {
    code: 'H05',
    // In a query of its own before the statement: the rows may go elsewhere, and may not.
    pattern: new RegExp(
      String.raw`^with\b[\s\S]*\(\s*delete\s+from\s+(?:only\s+)?${NAME}(?![^()]*\bwhere\b)`,
      'i',
    ),
    message: (name) => `deleting every row of ${name} loses them there`,
  },
  {
    code: 'H03',
    pattern: new RegExp(String.raw`^drop\s+(?:schema|database)\s+(?:if\s+exists\s+)?${NAME}`, 'i'),
    message: (name) => `dropping ${name} loses everything in it`,
  },
]

/**
 * Words of an unknown call that lose no row for certain: what only makes, tells, or names, and the drop
 * of what holds no rows of its own.
 */
const HARMLESS = new RegExp(
  String.raw`^(?:create(?!\s+or\s+replace\s+table)|comment|grant|revoke|analyze|refresh)\b|^drop\s+(?:materialized\s+)?(?:view|index|trigger|function|procedure)\b|^alter\s+(?:materialized\s+)?(?:view|index|sequence)\b|^alter\s+table\s+(?:if\s+exists\s+)?(?:only\s+)?${NAME}\s+(?:add|rename)\b(?![\s\S]*\b(?:drop|modify|change|alter)\b)`,
  'i',
)

/** A block of PostgreSQL's that makes its statements as it runs. */
const UNSEEN = /^execute\b/i

/**
 * The hazards of what a script sends itself, each of its statements by itself. What a person wrote as
 * SQL is taken at its word where its words can be read; a block that puts its statements together as it
 * runs, and what comes of a call that nobody here knows, are hazards by themselves.
 */
export function hazardsOfRaw({
  text,
  spelling,
  unknownCall,
}: Pick<RawStatement, 'text' | 'spelling' | 'unknownCall'>): readonly Hazard[] {
  const statements = statementsOf(text, spelling)
  const known = statements.flatMap(knownHazards)
  const isUnseen = /^do\b/i.test(statements[0] ?? '') && statements.some((one) => UNSEEN.test(one))
  const unforeseen =
    known.length === 0 &&
    (isUnseen || (unknownCall !== undefined && !statements.every((one) => HARMLESS.test(one))))
  if (!unforeseen) return known
  const what = unknownCall ?? 'a block'
  return [
    {
      code: 'H00',
      class: 'unforeseen',
      object: what,
      message: `${what} sends ${text.trim()}, and what that does to rows is not known here`,
      count: null,
    },
  ]
}

function knownHazards(text: string): readonly Hazard[] {
  return RULES.flatMap((rule) => {
    const name = rule.pattern.exec(text)?.[1]
    if (name === undefined) return []
    const count = rule.code === 'H03' ? null : `select count(*) as n from ${name}`
    const hazard: Hazard = {
      code: rule.code,
      class: 'losesData',
      object: unquoted(name),
      message: rule.message(unquoted(name)),
      count,
    }
    return [hazard]
  })
}

function unquoted(name: string): string {
  return name.replaceAll(/["`[\]]/g, '')
}
