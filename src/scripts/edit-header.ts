/** Changes the header of a script that is there already, and nothing else in it. */
import { isDeepStrictEqual } from 'node:util'
import { MigrateError } from '../errors.js'
import { stringText } from '../vocabulary/source-text.js'
import type { ExportedValue } from './export-statement.js'
import { scanExports } from './exports.js'
import type { ScriptHeader } from './header.js'
import { readHeader } from './header.js'

/** What to change; what is absent stays. */
export type HeaderChanges = Partial<
  Pick<ScriptHeader, 'downRevision' | 'branchLabels' | 'dependsOn'>
>

const CHANGEABLE = ['downRevision', 'branchLabels', 'dependsOn'] as const

type Changeable = (typeof CHANGEABLE)[number]

/**
 * The text with other values in its header, in its own form, quotes and line ends. A value that it
 * does not have yet is put behind `downRevision`.
 * @throws MigrateError `SCRIPT_HEADER` where the text has no header, or one that only a person can
 *   change
 */
export function editHeader(text: string, path: string, changes: HeaderChanges): string {
  const before = readHeader(text, path).header
  if (before === null) throw unchangeable(path, 'it has no header: it is a plain Knex migration')
  const edits = CHANGEABLE.flatMap((name) => {
    const value = changes[name]
    return value === undefined || isDeepStrictEqual(value, before[name])
      ? []
      : [editOf({ text, path }, name, value)]
  })
  // From the end, so that the places before stay what they are.
  const edited = edits
    .sort((one, other) => other.start - one.start)
    .reduce((done, { start, end, put }) => done.slice(0, start) + put + done.slice(end), text)
  if (!isDeepStrictEqual(readHeader(edited, path).header, { ...before, ...changes })) {
    throw unchangeable(path, 'it is written in a form that is not understood')
  }
  return edited
}

interface Source {
  readonly text: string
  readonly path: string
}

interface Edit {
  readonly start: number
  readonly end: number
  readonly put: string
}

function editOf(source: Source, name: Changeable, value: readonly string[]): Edit {
  const { text, path } = source
  const values = scanExports(text, {
    names: new Set(['revision', 'downRevision', name]),
    onLineComment: null,
  })
  const anchor = values.get('downRevision') ?? values.get('revision')
  const written = values.get(name)
  const put = literalText(name, value, quoteOf(text, values.get('revision')))
  if (written !== undefined) return { start: written.start, end: written.end, put }
  const added = anchor === undefined ? null : addition(text, anchor, { name, put })
  if (added === null) throw unchangeable(path, `it does not export ${name}`)
  return added
}

interface Added {
  readonly name: Changeable
  /** The source text of its value. */
  readonly put: string
}

/** A new value behind the one at `anchor`, in the same form; null where there is no such form. */
function addition(text: string, anchor: ExportedValue, { name, put }: Added): Edit | null {
  if (anchor.form === 'property') {
    const gap = /^,?[^\S\n]*(\r?\n[^\S\n]*)/.exec(text.slice(anchor.end))?.[1] ?? ' '
    return { start: anchor.end, end: anchor.end, put: `,${gap}${name}: ${put}` }
  }
  const [prefix] =
    /^(?:export\s+(?:const|let|var)\s+|(?:module\.)?exports\.)/.exec(text.slice(anchor.at)) ?? []
  if (prefix === undefined) return null
  const [rest = ''] = /^[^\r\n]*/.exec(text.slice(anchor.end)) ?? []
  const at = anchor.end + rest.length
  const newline = text.startsWith('\r\n', at) ? '\r\n' : '\n'
  const semicolon = rest.includes(';') ? ';' : ''
  return { start: at, end: at, put: `${newline}${prefix}${name} = ${put}${semicolon}` }
}

function literalText(name: Changeable, value: readonly string[], quote: string): string {
  const quoted = value.map((one) => (quote === '"' ? JSON.stringify(one) : stringText(one)))
  const [only = 'null'] = quoted
  return name === 'downRevision' && quoted.length < 2 ? only : `[${quoted.join(', ')}]`
}

function quoteOf(text: string, value: ExportedValue | undefined): string {
  return value === undefined ? "'" : text.charAt(value.start)
}

function unchangeable(path: string, why: string): MigrateError {
  return new MigrateError('SCRIPT_HEADER', 2, `The header of ${path} cannot be changed: ${why}.`, {
    fix: 'Change it by hand.',
    details: { path },
  })
}
