/** Types as text: every spelling that the server takes, in the one spelling that it prints. */
import { quote } from './names.js'

const INTEGERS = {
  int: 'integer',
  int4: 'integer',
  int2: 'smallint',
  int8: 'bigint',
  serial4: 'serial',
  serial2: 'smallserial',
  serial8: 'bigserial',
}

/** Other spellings of types that take no size, or whose size says nothing about the name. */
const ALIASES: Readonly<Record<string, string>> = {
  ...INTEGERS,
  bool: 'boolean',
  float4: 'real',
  float8: 'double precision',
  decimal: 'numeric',
  dec: 'numeric',
  varchar: 'character varying',
  'char varying': 'character varying',
  char: 'character',
  bpchar: 'character',
  varbit: 'bit varying',
}

/** How a type name may begin that is more than one word. */
const SEVERAL_WORDS = /^(?:double precision|character varying|char varying|bit varying)(?![\w$])/

const TIMES: Readonly<Record<string, readonly [string, 'with' | 'without']>> = {
  timestamp: ['timestamp', 'without'],
  timestamptz: ['timestamp', 'with'],
  time: ['time', 'without'],
  timetz: ['time', 'with'],
}

/**
 * The type as the server prints it: `int4` is `integer`, `varchar(5)[]` is `character varying(5)[]`,
 * `timestamptz(3)` is `timestamp(3) with time zone`. What is no built-in name stays as it is, folded.
 */
export function canonicalTypeText(text: string): string {
  const { core, arrays } = withoutArrays(folded(text))
  return spelled(core) + '[]'.repeat(arrays)
}

/** The text with what is not in quotes in lower case and single spaces, needless quotes taken off. */
function folded(text: string): string {
  return text
    .trim()
    .split(/("(?:[^"]|"")*")/)
    .map((part) =>
      part.startsWith('"') ? unquotedIfPlain(part) : part.toLowerCase().replace(/\s+/g, ' '),
    )
    .join('')
}

function unquotedIfPlain(part: string): string {
  const name = part.slice(1, -1).replaceAll('""', '"')
  // "char" is a type of its own.
  return /^[a-z_][a-z0-9_]*$/.test(name) && !(name in ALIASES) && !(name in TIMES)
    ? name
    : quote(name)
}

function withoutArrays(text: string): { readonly core: string; readonly arrays: number } {
  const match = /^(.*?)((?: ?\[ ?\d* ?\])*| array(?: ?\[ ?\d* ?\])?)$/s.exec(text)
  const suffix = match?.[2] ?? ''
  const arrays = suffix.includes('array') ? 1 : suffix.split('[').length - 1
  return { core: match?.[1] ?? text, arrays }
}

function spelled(core: string): string {
  const zone = / with(out)? time zone$/.exec(core)
  const base = zone === null ? core : core.slice(0, zone.index)
  const { name, sizes } = namedAndSized(base)
  const time = TIMES[name]
  if (time !== undefined) {
    const [word, own] = time
    const has = zone === null ? own : zone[1] === undefined ? 'with' : 'without'
    return `${word}${sizes === null ? '' : `(${sizes})`} ${has} time zone`
  }
  if (name === 'float') return Number(sizes ?? 53) <= 24 ? 'real' : 'double precision'
  const known = ALIASES[name] ?? name
  const size = sizes ?? (known === 'bit' || known === 'character' ? '1' : null)
  if (size === null || (name === 'bpchar' && sizes === null))
    return name === 'bpchar' ? 'bpchar' : known
  return known === 'numeric' && !size.includes(',') ? `numeric(${size},0)` : `${known}(${size})`
}

/** `character varying(20)` is the name and the sizes as `20`; without blanks, null where there are none. */
function namedAndSized(base: string): { readonly name: string; readonly sizes: string | null } {
  const match = /^(.*?) ?\( ?([^()]*?) ?\)$/s.exec(base)
  const name = (match?.[1] ?? base).trim()
  const several = SEVERAL_WORDS.exec(name)?.[0]
  const sizes = match?.[2]?.replaceAll(' ', '') ?? null
  return { name: several ?? name, sizes }
}

export type TypeFamily =
  'text' | 'number' | 'boolean' | 'time' | 'json' | 'uuid' | 'bytes' | 'array' | 'other'

/** What kind of value a type holds, by its canonical text. */
export function familyOf(text: string): TypeFamily {
  if (text.endsWith('[]')) return 'array'
  const name = text.replace(/\(.*?\)/, '')
  switch (name) {
    case 'text':
    case 'character varying':
    case 'character':
    case 'bpchar':
    case 'citext':
    case 'name':
      return 'text'
    case 'smallint':
    case 'integer':
    case 'bigint':
    case 'numeric':
    case 'real':
    case 'double precision':
    case 'serial':
    case 'bigserial':
    case 'smallserial':
      return 'number'
    case 'boolean':
      return 'boolean'
    case 'date':
    case 'timestamp with time zone':
    case 'timestamp without time zone':
    case 'time with time zone':
    case 'time without time zone':
      return 'time'
    case 'json':
    case 'jsonb':
      return 'json'
    case 'uuid':
      return 'uuid'
    case 'bytea':
      return 'bytes'
    default:
      return 'other'
  }
}
