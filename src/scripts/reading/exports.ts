/** What a script exports as plain values, read from its text: ES modules and CommonJS alike. */
import type { ExportedValue, Scan } from './export-statement.js'
import { statementAt } from './export-statement.js'
import { literalAt } from './literal.js'
import type { Comment } from './skip-source.js'
import { skipTrivia } from './skip-source.js'

/** What to look for. */
export interface Wanted {
  /** The exported names whose values are of interest. */
  readonly names: ReadonlySet<string>
  /** Told of every line comment at any depth, in order; null where nobody asks. */
  readonly onLineComment: ((comment: Comment) => void) | null
}

/** The exported values of a file by name; where one is written twice, the last counts. */
export function scanExports(text: string, wanted: Wanted): ReadonlyMap<string, ExportedValue> {
  const { names, onLineComment } = wanted
  let doc: Comment | null = null
  const onNestedComment =
    onLineComment === null
      ? undefined
      : (start: number, end: number): void => {
          if (text.charAt(start + 1) === '/') onLineComment({ start, end })
        }
  const scan: Scan = {
    text,
    names,
    exported: new Map(),
    local: new Map(),
    renamed: new Map(),
    onNestedComment,
  }
  const onComment = (start: number, end: number): void => {
    onNestedComment?.(start, end)
    if (text.startsWith('/**', start)) doc = { start, end }
  }
  let place = text.startsWith('#!') ? lineEnd(text, 0) : 0
  for (;;) {
    place = skipTrivia(text, place, onComment)
    if (place >= text.length) break
    place = statementAt(scan, place, doc)
    doc = null
  }
  return settled(scan)
}

/** What was exported, constants looked up, with those that a compiler exports in its own way. */
function settled(scan: Scan): ReadonlyMap<string, ExportedValue> {
  const { text, exported, local, renamed } = scan
  for (const [name, value] of exported) {
    if (value.literal.kind !== 'name') continue
    const constant = constantOf(scan, value.literal.name)
    if (constant !== null) exported.set(name, { ...constant, doc: value.doc ?? constant.doc })
  }
  if (local.size === 0) return exported
  for (const name of scan.names) {
    if (exported.has(name) || !local.has(renamed.get(name) ?? name)) continue
    const constant = constantOf(scan, renamed.get(name) ?? name)
    if (constant !== null && (renamed.has(name) || isGetter(text, name))) {
      exported.set(name, constant)
    }
  }
  return exported
}

function constantOf({ text, local }: Scan, name: string): ExportedValue | null {
  const constant = local.get(name)
  if (constant === undefined) return null
  const { at, value, doc } = constant
  return { ...literalAt(text, value), form: 'const', at, doc }
}

/** `revision: () => revision`, as esbuild exports a constant, and `function () { return … }` as swc does. */
function isGetter(text: string, name: string): boolean {
  return new RegExp(
    `\\b${name}"?\\s*[:,]\\s*(?:\\(\\)\\s*=>\\s*${name}\\b|(?:\\{[^}]*)?function\\s*\\(\\)\\s*\\{\\s*return ${name}\\b)`,
  ).test(text)
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at)
  return end === -1 ? text.length : end
}
