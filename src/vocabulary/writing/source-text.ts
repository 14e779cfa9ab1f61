/** Source text of TypeScript and JavaScript as prettier lays it out: no semicolons, single quotes, 100 columns. */

/** A piece of source that knows how to break over lines. */
export type Source =
  /** A literal or a name, never broken. */
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'array'; readonly items: readonly Source[] }
  | { readonly kind: 'object'; readonly entries: readonly (readonly [string, Source])[] }
  /** `head.name(args).name(args)`; without calls it is its head. */
  | { readonly kind: 'chain'; readonly head: string; readonly calls: readonly Call[] }

export interface Call {
  readonly name: string
  readonly args: readonly Source[]
}

/** How wide a line of source may be. */
export const WIDTH = 100

/** Printable ASCII without quotes and backslashes. */
const PLAIN = /^[ !#-&(-[\]-~]*$/

/** A literal or a name. */
export function text(source: string): Source {
  return { kind: 'text', text: source }
}

/** Calls on a head: `table.string(…).notNullable()`; on an empty one a plain call. */
export function chain(head: string, ...calls: readonly Call[]): Source {
  return { kind: 'chain', head, calls }
}

/** One call of a chain. */
export function call(name: string, ...args: readonly Source[]): Call {
  return { name, args }
}

/** An object with its keys in order. */
export function object(entries: readonly (readonly [string, Source])[]): Source {
  return { kind: 'object', entries }
}

/** An array literal. */
export function array(items: readonly Source[]): Source {
  return { kind: 'array', items }
}

/** A string as a literal. */
export function string(value: string): Source {
  return text(stringText(value))
}

/** Strings as an array of literals. */
export function strings(values: readonly string[]): Source {
  return array(values.map(string))
}

/**
 * The literal of a string: in single quotes, or in double quotes where that needs fewer escapes.
 * What a terminal or an editor would not show as itself is escaped.
 */
export function stringText(value: string): string {
  // Nearly all are names, of which a large schema has tens of thousands.
  if (PLAIN.test(value)) return `'${value}'`
  const [single, double] = [count(value, "'"), count(value, '"')]
  const quote = single > double ? '"' : "'"
  // Control and format characters, line and paragraph separators, and halves of a character.
  const escaped = value
    .replace(/[\\\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, escape)
    .replaceAll(quote, `\\${quote}`)
  return quote + escaped + quote
}

/** JSON-like data as source. */
export function data(value: unknown): Source {
  if (typeof value === 'string') return string(value)
  if (Array.isArray(value)) return array(value.map(data))
  if (typeof value === 'object' && value !== null) {
    return object(Object.entries(value).map(([key, each]) => [key, data(each)]))
  }
  return text(Object.is(value, -0) ? '-0' : String(value).replace('e+', 'e'))
}

/**
 * The lines of a source that begins at a column of its first line and is followed by `after` more
 * characters on its last.
 */
export function layOut(
  source: Source,
  place: { readonly indent: number; readonly before: string; readonly after: number },
): readonly string[] {
  const column = place.indent + place.before.length
  const laid = print(source, { indent: place.indent, column, after: place.after })
  return (' '.repeat(place.indent) + place.before + laid).split('\n')
}

interface Place {
  /** Spaces at the start of the line that the source begins on. */
  readonly indent: number
  /** The column at which it begins. */
  readonly column: number
  /** Characters that follow on its last line. */
  readonly after: number
}

function print(source: Source, place: Place): string {
  const line = flat(source)
  if (place.column + width(line) + place.after <= WIDTH) return line
  switch (source.kind) {
    case 'text':
      return source.text
    case 'array':
      return block('[', ']', source.items.map(bare), place)
    case 'object':
      return block('{', '}', source.entries.map(entry), place)
    case 'chain':
      return printChain(source.head, source.calls, place)
  }
}

/** Prints an item at an indentation of its own, with a comma behind it. */
type Item = (indent: number) => string

function bare(source: Source): Item {
  return (indent) => print(source, { indent, column: indent, after: 1 })
}

function entry([key, value]: readonly [string, Source]): Item {
  return (indent) => {
    const name = `${keyText(key)}:`
    const line = `${name} ${flat(value)}`
    const isBroken = value.kind === 'text' && indent + width(line) + 1 > WIDTH
    if (isBroken) return `${name}\n${' '.repeat(indent + 2)}${value.text}`
    return `${name} ${print(value, { indent, column: indent + width(name) + 1, after: 1 })}`
  }
}

function block(open: string, close: string, items: readonly Item[], place: Place): string {
  const indent = place.indent + 2
  const pad = ' '.repeat(indent)
  const lines = items.map((item) => `${pad}${item(indent)},\n`)
  return `${open}\n${lines.join('')}${' '.repeat(place.indent)}${close}`
}

function printChain(head: string, calls: readonly Call[], place: Place): string {
  const [only, ...others] = calls
  if (only === undefined) return head
  if (others.length === 0) return printCall(head, only, place)
  const indent = place.indent + 2
  const lines = calls.map(({ name, args }, at) => {
    const after = at === calls.length - 1 ? place.after : 0
    const start = `.${name}`
    return (
      ' '.repeat(indent) + start + printArgs(args, { indent, column: indent + start.length, after })
    )
  })
  return `${head}\n${lines.join('\n')}`
}

/** Prettier keeps a single call on the line of its head and breaks its arguments instead. */
function printCall(head: string, { name, args }: Call, place: Place): string {
  const start = head === '' ? name : `${head}.${name}`
  return start + printArgs(args, { ...place, column: place.column + width(start) })
}

function printArgs(args: readonly Source[], place: Place): string {
  const line = flatArgs(args)
  const last = args.at(-1)
  if (last === undefined || place.column + width(line) + place.after <= WIDTH) return line
  const before = args
    .slice(0, -1)
    .map((arg) => `${flat(arg)}, `)
    .join('')
  const column = place.column + 1 + width(before)
  if (isHugged(last, args.at(-2)) && column + 1 <= WIDTH) {
    const broken = breakOpen(last, { ...place, column, after: place.after + 1 })
    return `(${before}${broken})`
  }
  return block('(', ')', args.map(bare), place)
}

/** Whether the last argument keeps its opening bracket on the line of the call. */
function isHugged(last: Source, previous: Source | undefined): boolean {
  const isList = last.kind === 'array' && last.items.length > 0
  const isRecord = last.kind === 'object' && last.entries.length > 0
  return (isList || isRecord) && previous?.kind !== last.kind
}

function breakOpen(source: Source, place: Place): string {
  if (source.kind === 'array') return block('[', ']', source.items.map(bare), place)
  return source.kind === 'object'
    ? block('{', '}', source.entries.map(entry), place)
    : print(source, place)
}

function flat(source: Source): string {
  switch (source.kind) {
    case 'text':
      return source.text
    case 'array':
      return `[${source.items.map(flat).join(', ')}]`
    case 'object': {
      const entries = source.entries.map(([key, value]) => `${keyText(key)}: ${flat(value)}`)
      return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`
    }
    case 'chain':
      return (
        source.head +
        source.calls
          .map(({ name, args }) => `${source.head === '' ? '' : '.'}${name}${flatArgs(args)}`)
          .join('')
      )
  }
}

function flatArgs(args: readonly Source[]): string {
  return `(${args.map(flat).join(', ')})`
}

function keyText(key: string): string {
  // As a plain key it would set the object's prototype.
  if (key === '__proto__') return `['__proto__']`
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : stringText(key)
}

function width(line: string): number {
  return line.length
}

function count(value: string, quote: string): number {
  return value.split(quote).length - 1
}

const SHORT: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
}

function escape(character: string): string {
  const short = SHORT[character]
  if (short !== undefined) return short
  const code = character.codePointAt(0) ?? 0
  return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, '0')}`
}
