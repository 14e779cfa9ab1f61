/** The command line: typing, completion, history, and what a command leads to. */
import { parseArgsStringToArgv } from 'string-argv'
import { didYouMean, nearNames } from '../../present/near-names.js'
import { quit } from '../leaving.js'
import type { Step } from '../messages.js'
import { openDiff } from '../screens/diff/open.js'
import { runCommand } from '../screens/output/open.js'
import { openPlan } from '../screens/plan/open.js'
import { openReview } from '../screens/review/open.js'
import { treeRows } from '../screens/tree/rows.js'
import type { AppState, CommandField } from '../state.js'
import { noticed, withPopup } from '../changed.js'
import { textField, typed } from '../text-field.js'
import { completionsFor } from './completion.js'

/** How many lines the history keeps. */
const KEPT = 200

/** The step that a key leads to while a command is typed. */
export function commandKey(app: AppState, command: CommandField, key: string): Step {
  switch (key) {
    case 'escape':
      return [{ ...app, commandLine: null }, []]
    case 'enter':
      return entered(app, command.field.text.trim())
    case 'up':
      return [fromHistory(app, command, 1), []]
    case 'down':
      return [fromHistory(app, command, -1), []]
    case 'tab':
      return [completed(app, command), []]
    case 'backspace':
      if (command.field.text === '') return [{ ...app, commandLine: null }, []]
  }
  const field = typed(command.field, key)
  return field === null
    ? [app, []]
    : [{ ...app, commandLine: { field, back: 0, typed: field.text } }, []]
}

function fromHistory(app: AppState, command: CommandField, by: number): AppState {
  const back = Math.max(0, Math.min(app.commandHistory.length, command.back + by))
  const typedText = command.back === 0 ? command.field.text : command.typed
  const text = back === 0 ? typedText : (app.commandHistory.at(-back) ?? '')
  return { ...app, commandLine: { field: textField(text), back, typed: typedText } }
}

/** As far as all completions agree; with one, the whole word. */
function completed(app: AppState, command: CommandField): AppState {
  const { start, words } = completionsFor(app, command.field.text)
  const [first] = words
  if (first === undefined) return app
  const shared = words.length === 1 ? `${first.word} ` : sharedStart(words.map(({ word }) => word))
  const text = command.field.text.slice(0, start) + shared
  return text.length < command.field.text.length
    ? app
    : { ...app, commandLine: { field: textField(text), back: 0, typed: text } }
}

function sharedStart(words: readonly string[]): string {
  const [first = ''] = words
  let length = first.length
  for (const word of words) while (!word.startsWith(first.slice(0, length))) length -= 1
  return first.slice(0, length)
}

/** Commands that have a screen of their own open it; all others run as they would in a shell. */
function entered(before: AppState, line: string): Step {
  if (line === '') return [{ ...before, commandLine: null }, []]
  const quote = openQuote(line)
  // The line stays, to be mended.
  if (quote !== null) return [noticed(before, `A ${quote} is opened and not closed.`, 'bad'), []]
  const commandHistory = [...before.commandHistory.filter((one) => one !== line), line].slice(-KEPT)
  const app = { ...before, commandHistory, commandLine: null }
  const { words, into } = redirected(parseArgsStringToArgv(line))
  if (into === '') return [noticed(before, 'Behind > stands the file to write.', 'bad'), []]
  const [name = '', ...rest] = words[0] === 'migrate-tui' ? words.slice(1) : words
  const isPlain = into === null && rest.every((word) => !word.startsWith('--'))
  if (name === 'q' || name === 'quit' || name === 'exit') return quit(app)
  if (name === 'help' && rest.length === 0) return [withPopup(app, { kind: 'help', top: 0 }), []]
  if (name === 'upgrade' && isPlain) return openPlan(app, 'up', rest[0] ?? 'head')
  if (name === 'downgrade' && isPlain) return openPlan(app, 'down', rest[0] ?? '-1')
  if (name === 'diff' && isPlain && rest.length === 0) return openDiff(app)
  if (name === 'migrate' && isPlain && rest.length === 0) return openReview(app)
  const known = app.start.commands.find((one) => one.name === name)
  if (known === undefined) return [noticed(before, noCommand(app, name), 'bad'), []]
  if (app.start.readOnly && (into !== null || !known.onlyReads)) {
    return [noticed(app, 'Started with --read-only: nothing is changed.'), []]
  }
  if (name === 'edit' && isPlain) return editNamed(app, rest[0] ?? null)
  return runCommand(app, [name, ...rest], into)
}

/** A line without the `> file` at its end; the file is empty where none stands there, and null without a `>`. */
function redirected(line: readonly string[]): {
  readonly words: readonly string[]
  readonly into: string | null
} {
  const at = line.lastIndexOf('>')
  if (at === -1 || at < line.length - 2) return { words: line, into: null }
  return { words: line.slice(0, at), into: line[at + 1] ?? '' }
}

function noCommand({ start }: AppState, name: string): string {
  const near = nearNames(
    name,
    start.commands.map((one) => one.name),
  )
  return [`There is no command ${name}.`, didYouMean(near), 'Tab completes.']
    .filter((text) => text !== '')
    .join(' ')
}

/** The quote that a line opens and does not close; null where there is none. The parser takes its end for one. */
function openQuote(line: string): string | null {
  let open: string | null = null
  for (const letter of line) {
    if (letter === open) open = null
    else if (open === null && (letter === '"' || letter === "'")) open = letter
  }
  return open
}

function editNamed(app: AppState, name: string | null): Step {
  const rows = treeRows(app).map(({ revision }) => revision)
  const found =
    name === null || name === 'head'
      ? rows.filter((one) => one.head)
      : rows.filter((one) => one.revision.startsWith(name))
  const [one] = found
  if (one === undefined || found.length > 1 || one.path === null) {
    return [noticed(app, `${name ?? 'head'} does not name one revision with a file.`, 'bad'), []]
  }
  return [app, [{ kind: 'edit', path: one.path, line: null }]]
}
