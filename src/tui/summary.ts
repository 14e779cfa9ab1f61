/** What stays on the normal screen after the screens were left: what was done, and the commands for it. */
import { cleanLine } from '../present/clean.js'
import { idsText } from './draw/words.js'
import type { AppState } from './state.js'

/** Lines at the most. */
const MOST = 8

/** Where the databases stand now, what was written and run; nothing where nothing was done. */
export function summaryLines(app: AppState): readonly string[] {
  const document = app.overview.value
  const done = app.log.filter((entry) => entry.tone === 'good')
  const failed = app.log.filter((entry) => entry.tone === 'bad' && !entry.isOver).slice(-2)
  if (document === null || done.length + failed.length === 0) return []
  const before = app.firstSeen.get(document.database.name) ?? []
  const moved =
    before.join() === document.current.join()
      ? 'is at'
      : `went from ${idsText(before, app.idLength)} to`
  const commands = [...new Set(done.flatMap(({ command }) => (command === null ? [] : [command])))]
  const said = [
    `${document.database.described} ${moved} ${idsText(document.current, app.idLength)}; ${document.pending} pending.`,
    ...done.slice(-3).map(({ text }) => `  ${text}`),
    ...failed.map(({ text }) => `  not done: ${text}`),
  ]
  const same = commands.slice(-(MOST - said.length - 1)).map((command) => `  ${command}`)
  return [...said, ...(same.length === 0 ? [] : ['The same on the command line:', ...same])]
    .slice(0, MOST)
    .map(cleanLine)
}
