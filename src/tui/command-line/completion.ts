/** What may follow what is typed on the command line. */
import type { AppState } from '../state.js'

export interface Completion {
  readonly word: string
  /** What it is, in a few words; empty where the word says it. */
  readonly says: string
}

/** The words that may stand at the end of the line, and the place where they would begin. */
export function completionsFor(
  app: AppState,
  text: string,
): { readonly start: number; readonly words: readonly Completion[] } {
  const start = text.lastIndexOf(' ') + 1
  const begun = text.slice(start)
  const before = text
    .slice(0, start)
    .trim()
    .split(/\s+/)
    .filter((word) => word !== '')
  const [name] = before
  const all = name === undefined ? commandWords(app) : wordsAfter(app, name, begun)
  return { start, words: all.filter(({ word }) => word.startsWith(begun) && word !== begun) }
}

function commandWords({ start }: AppState): readonly Completion[] {
  return [
    ...start.commands.map(({ name, summary }) => ({ word: name, says: summary })),
    { word: 'quit', says: 'Leave' },
  ]
}

function wordsAfter(app: AppState, name: string, begun: string): readonly Completion[] {
  const command = app.start.commands.find((one) => one.name === name)
  if (command === undefined) return []
  if (begun.startsWith('-')) return command.options.map((word) => ({ word, says: '' }))
  if (command.choices.length > 0) return command.choices.map((word) => ({ word, says: '' }))
  if (!command.takesRevisions) return command.options.map((word) => ({ word, says: '' }))
  const named = ['head', 'heads', 'base', 'current', '+1', '-1'].map((word) => ({ word, says: '' }))
  const ids = (app.overview.value?.revisions ?? []).map(({ revision, message }) => ({
    word: revision,
    says: message,
  }))
  const labels = (app.overview.value?.revisions ?? []).flatMap(({ branchLabels }) =>
    branchLabels.map((label) => ({ word: `${label}@head`, says: '' })),
  )
  return [...named, ...labels, ...ids]
}
