/** The lines over and under every screen: where one is, what was said, which keys there are. */
import { bindingsOf, SCREEN_KEYS, shownScreen } from './bindings.js'
import { commandLineText } from './command-line/lines.js'
import type { Part } from './draw/line.js'
import { fitLine, piece } from './draw/line.js'
import { cleanLine } from '../present/clean.js'
import { grouped, widthOf } from '../present/text-width.js'
import type { View } from './draw/view.js'
import { idsText } from './draw/words.js'
import { keysOf, keyText } from './keys/binding.js'
import { noticeTexts } from './layout.js'
import { topPopup } from './changed.js'
import type { AppState } from './state.js'
import { isPlanningLong } from './tries.js'
import { underWay } from './under-way.js'
import type { OverviewDocument } from '../workflows/screens/screen-documents.js'

/** One line: project, database and environment; where the database stands; what waits. */
export function headerLine({ app, theme }: View): string {
  const { columns } = app.size
  const document = app.overview.value
  if (document === null) {
    const text =
      app.overview.failure === null ? ' migrate-tui   opening the project …' : ' migrate-tui'
    return fitLine([piece(text, theme.strong)], columns)
  }
  const left = placeParts({ app, theme }, document)
  const right = standParts({ app, theme }, document, false)
  const wide = [...left, '    ', ...right].reduce((sum, part) => sum + partWidth(part), 0)
  if (wide <= columns) {
    const gap =
      columns -
      left.reduce((sum, part) => sum + partWidth(part), 0) -
      right.reduce((sum, part) => sum + partWidth(part), 0)
    return fitLine([...left, ' '.repeat(Math.max(1, gap - 1)), ...right], columns)
  }
  // What waits matters more than where the files lie.
  const name = shortPlace(document)
  return fitLine(
    [
      piece(` ${name}`, theme.strong),
      badge({ app, theme }, document),
      '  ',
      ...standParts({ app, theme }, document, true),
    ],
    columns,
  )
}

function placeParts(view: View, document: OverviewDocument): readonly Part[] {
  const { theme } = view
  const { project, database, databases } = document
  const named = databases.length > 1 ? ` · ${database.name}` : ''
  return [
    piece(` ${project.name}`, theme.strong),
    piece(`${named} · ${placeOf(document)} `, theme.faint),
    badge(view, document),
  ]
}

/** Where the database is: relative to the project where it is a file in it. */
function placeOf({ project, database }: OverviewDocument): string {
  const under = `${project.root}/`
  return database.described.startsWith(under)
    ? database.described.slice(under.length)
    : database.described
}

function shortPlace(document: OverviewDocument): string {
  const place = placeOf(document)
  return place.slice(place.lastIndexOf('/') + 1)
}

const ENVIRONMENTS: Readonly<Record<string, string>> = { development: 'DEV', production: 'PROD' }

function badge({ app, theme }: View, { project, database }: OverviewDocument): Part {
  const isGuarded = database.protection !== 'none'
  const words = [
    ENVIRONMENTS[project.environment] ?? project.environment.toUpperCase().slice(0, 12),
    ...(isGuarded ? ['PROTECTED'] : []),
    ...(app.start.readOnly ? ['READ-ONLY'] : []),
  ]
  return piece(
    ` [${words.join(' ')}]`,
    isGuarded || project.environment === 'production' ? theme.bad : theme.good,
  )
}

function standParts(view: View, document: OverviewDocument, isShort: boolean): readonly Part[] {
  const { app, theme } = view
  const { current, pending, heads } = document
  const parts: Part[] = [
    piece(isShort ? '' : 'current '),
    piece(idsText(current, app.idLength), theme.name),
  ]
  if (document.database.isMissing && !isShort) parts.push(piece(' · not made yet', theme.warn))
  parts.push(piece(` · ${grouped(pending)} pending`, pending > 0 ? theme.warn : theme.faint))
  if (heads.length > 1) parts.push(piece(` · ${heads.length} heads`, theme.bad))
  parts.push(comparedPart(view, isShort))
  if (app.comparison.isLoading) parts.push(piece(' …', view.theme.faint))
  if (app.overview.failure !== null) parts.push(piece(' · STALE', theme.bad))
  return [...parts, ' ']
}

/** How models and database compare, in two or three words. */
function comparedPart({ app, theme }: View, isShort: boolean): Part {
  const { value, failure, isLoading } = app.comparison
  if (failure?.code === 'MODELS_MISSING') return piece(' · no model yet', theme.warn)
  if (failure !== null) {
    return piece(
      failure.code.startsWith('MODEL') ? ' · models unread' : ' · not compared',
      theme.bad,
    )
  }
  if (value === null) return piece(isLoading ? ' · comparing' : '', theme.faint)
  const broken = value.failures.length
  if (broken > 0)
    return piece(` · ${broken} ${broken === 1 ? 'model' : 'models'} unread`, theme.bad)
  const changes = value.changes.length
  const words = `${isShort ? '' : 'model '}${changes === 1 ? 'change' : 'changes'}`
  return piece(` · ${grouped(changes)} ${words}`, changes > 0 ? theme.warn : theme.faint)
}

/** The notice, if any, and the keys or the command line. */
export function footerLines(view: View): readonly string[] {
  const { app, theme } = view
  const { columns } = app.size
  const last = app.commandLine === null ? keysLine(view) : commandLineText(view, app.commandLine)
  if (app.notice === null) return [last]
  const style = { good: theme.good, bad: theme.bad, plain: theme.strong }[app.notice.tone]
  return [
    ...noticeTexts(app.notice, app.size).map((text) =>
      fitLine([piece(` ${text}`, style)], columns),
    ),
    last,
  ]
}

/** A key in the footer. */
interface Hint {
  readonly key: string
  readonly word: string
  readonly isUsable: boolean
  /** Whether it stands there even where another has no room for it: the way out, and to all keys. */
  readonly isKept: boolean
}

/** As many keys as there is room for; those that cannot be used now are faint. */
function keysLine({ app, theme }: View): string {
  const { columns } = app.size
  let left = columns - 1
  const widthOfHint = ({ key, word }: Hint): number => widthOf(`${key} ${word}`) + GAP.length
  const hints = hintsOf(app)
  let kept = hints.filter((one) => one.isKept).reduce((sum, one) => sum + widthOfHint(one), 0)
  const parts: Part[] = [' ']
  for (const hint of hints) {
    const width = widthOfHint(hint)
    if (hint.isKept) kept -= width
    // Nothing follows the last one that a gap would have to keep apart.
    if (width - GAP.length + kept > left) continue
    left -= width
    const { key, word, isUsable } = hint
    if (parts.length > 1) parts.push(GAP)
    parts.push(
      piece(key, isUsable ? theme.strong : theme.faint),
      piece(` ${word}`, isUsable ? null : theme.faint),
    )
  }
  return fitLine(parts, columns)
}

const GAP = '  '

function hintsOf(app: AppState): readonly Hint[] {
  const stop = stopWord(app)
  const stops =
    stop === '' ? [] : [{ key: 'ctrl-c', word: stop, isUsable: true, isKept: false } as const]
  // What stands over a screen names its own keys, and takes those of the screen.
  if (topPopup(app) !== null) return stops
  const own = SCREEN_KEYS[shownScreen(app)]
  const items = bindingsOf(app)
    .filter((one) => one.short !== null)
    .map((one) => ({
      key: keyText(keysOf(one, app.keys)[0] ?? ''),
      word: typeof one.short === 'function' ? one.short(app) : (one.short ?? ''),
      isUsable: (one.unavailable?.(app) ?? null) === null,
      isKept: one.action === 'help',
      isOwn: own.includes(one),
      isRare: one.isRare,
    }))
  const back = { key: 'esc', word: 'back', isUsable: true, isKept: true }
  return [
    ...stops,
    ...items.filter((item) => item.isUsable && item.isOwn),
    ...(shownScreen(app) === 'tree' ? [] : [back]),
    ...items.filter((item) => !item.isOwn),
    ...items.filter((item) => !item.isUsable && item.isOwn && !item.isRare),
  ]
}

function stopWord(app: AppState): string {
  // While the loss of a step is asked for, nothing runs that could be stopped.
  if (app.popups.some((popup) => popup.kind === 'loss')) return 'keep everything'
  switch (underWay(app)?.kind) {
    case 'plan':
      return 'stop after this step'
    case 'command':
      return 'stop after its revision, and quit'
    default:
      return isPlanningLong(app) ? 'stop planning' : ''
  }
}

function partWidth(part: Part): number {
  return widthOf(cleanLine(typeof part === 'string' ? part : part.text))
}
