/** The selected revision beside the tree: its script, its SQL, its effect, its facts. */
import type { HostFailure } from '../../../host/calls.js'
import type {
  EffectSide,
  ScriptDocument,
  TreeRevision,
} from '../../../workflows/screens/screen-documents.js'
import { fitLine, type Part, piece, wrapParts } from '../../draw/line.js'
import { wrapped } from '../../draw/overlay.js'
import type { View } from '../../draw/view.js'
import { highlighted } from '../../draw/highlight.js'
import { layoutOf } from '../../layout.js'
import { ageText, durationText, idsText, shortId } from '../../draw/words.js'
import type { AppState } from '../../state.js'
import type { Loaded } from '../../loaded.js'
import { uiTheme } from '../../draw/theme.js'
import { sideLines, sqlLines } from './effect-lines.js'
import { selectedRevision, wordsOf } from './rows.js'
import { syntaxProblem } from './syntax.js'

/** One line of the detail, before it is fitted. */
type Line = readonly Part[]

/** Enough to count lines with. */
const COUNTING = uiTheme({ colour: false, unicode: true })

/** How many lines the detail has at the width that it is drawn with. */
export function detailLength(app: AppState): number {
  const { isWide, rightWidth } = layoutOf(app)
  return bodyOf({ app, theme: COUNTING }, isWide ? rightWidth - 2 : rightWidth).length
}

/** The two lines over the text: where it lies, and where it stands. */
export function detailHead(view: View, width: number): readonly string[] {
  const { app, theme } = view
  const revision = selectedRevision(app)
  if (revision === null) return [' '.repeat(width), ' '.repeat(width)]
  const script = app.tree.scripts.get(revision.revision)?.value ?? null
  return [
    fitLine([piece(script?.file ?? shortId(revision.revision, app.idLength), theme.strong)], width),
    fitLine(
      [...problemParts(view, revision), piece(standing(app, revision, script), theme.faint)],
      width,
    ),
  ]
}

/** The text from `top` on, each line of `width` columns. */
export function detailLines(
  view: View,
  { width, height }: { readonly width: number; readonly height: number },
): readonly string[] {
  const { detailTop } = view.app.tree
  return bodyOf(view, width)
    .slice(detailTop, detailTop + height)
    .map((line) => fitLine(line, width))
}

/** Why the script cannot be run as it stands, before where it stands. */
function problemParts({ app, theme }: View, revision: TreeRevision): readonly Part[] {
  const problem = syntaxProblem(app, revision)
  return problem === null
    ? []
    : [piece(`SYNTAX ERROR in line ${problem.line}: ${problem.message}`, theme.bad), ' · ']
}

function standing(
  { now, idLength }: AppState,
  revision: TreeRevision,
  script: ScriptDocument | null,
): string {
  const recorded = script?.recorded ?? null
  const follows =
    revision.downRevision.length === 0
      ? 'a base'
      : `follows ${idsText(revision.downRevision, idLength)}`
  const parts = [
    wordsOf(revision).join(', '),
    follows,
    ...(recorded === null ? [] : [`by ${recorded.by} ${ageText(recorded.appliedAt, now)}`]),
    ...(script?.isUnchanged === false ? ['EDITED since it was applied'] : []),
  ]
  return parts.join(' · ')
}

function bodyOf(view: View, width: number): readonly Line[] {
  const { app } = view
  const revision = selectedRevision(app)
  if (revision === null) return []
  const id = revision.revision
  switch (app.tree.tab) {
    case 'script':
      return documentLines(view, width, app.tree.scripts.get(id), (script) =>
        scriptLines(view, script, width),
      )
    case 'sql':
      return effectLines(view, width, revision, (side) => sqlLines(view, side, width))
    case 'effect':
      return effectLines(view, width, revision, (side, undone) =>
        sideLines(view, side, { width, undone }),
      )
    case 'info':
      return documentLines(view, width, app.tree.scripts.get(id), (script) =>
        infoLines(view, { revision, script, width }),
      )
  }
}

function documentLines<T>(
  { theme }: View,
  width: number,
  loaded: Loaded<T> | undefined,
  lines: (value: T) => readonly Line[],
): readonly Line[] {
  if (loaded?.failure !== undefined && loaded.failure !== null) {
    return failureLines(loaded.failure, width, theme)
  }
  if (loaded?.value === undefined || loaded.value === null)
    return [[piece('Reading …', theme.faint)]]
  return lines(loaded.value)
}

/** What went wrong, why, and what to do: the same words as a command prints. */
export function failureLines(
  failure: HostFailure,
  width: number,
  theme: View['theme'],
): readonly Line[] {
  const block = (text: string | null, style: View['theme']['bad'] | null): readonly Line[] =>
    text === null || text === '' ? [] : wrapped(text, width).map((line) => [piece(line, style)])
  return [
    ...block(failure.message, theme.bad),
    ...block(failure.why, null),
    ...block(failure.state, theme.strong),
    ...block(failure.fix, theme.name),
  ]
}

function scriptLines({ theme }: View, script: ScriptDocument, width: number): readonly Line[] {
  if (script.text === null) return [['No file here holds this revision.']]
  const language = /\.[cm]?js$/.test(script.path ?? '') ? 'javascript' : 'typescript'
  const lines = highlighted(script.text.replace(/\n$/, ''), language, theme)
  const known = numbered.get(lines)
  if (known?.width === width) return known.lines
  const digits = String(lines.length).length
  const made = lines.flatMap((line, index) => {
    const number = piece(`${String(index + 1).padStart(digits)}  `, theme.faint)
    return wrapParts([number, ...line], width, digits + 2)
  })
  numbered.set(lines, { width, lines: made })
  return made
}

/** The lines of a script as they were last drawn: a long one is not wrapped anew at every key. */
const numbered = new WeakMap<
  readonly Line[],
  { readonly width: number; readonly lines: readonly Line[] }
>()

function effectLines(
  view: View,
  width: number,
  revision: TreeRevision,
  lines: (side: EffectSide, undone: EffectSide | null) => readonly Line[],
): readonly Line[] {
  if (revision.state === 'fileMissing') return [['Without its file nobody knows what it did.']]
  const { theme } = view
  return documentLines(
    view,
    width,
    view.app.tree.effects.get(revision.revision),
    ({ up, down }) => [
      [piece('upgrade', theme.strong)],
      ...lines(up, null),
      [],
      [piece('downgrade', theme.strong)],
      ...lines(down, up),
    ],
  )
}

interface Facts {
  readonly revision: TreeRevision
  readonly script: ScriptDocument
  readonly width: number
}

function infoLines({ app, theme }: View, { revision, script, width }: Facts): readonly Line[] {
  const recorded = script.recorded
  const fact = (name: string, value: string | null): readonly Line[] =>
    value === null ? [] : wrapParts([piece(name.padEnd(12), theme.faint), value], width, 12)
  return [
    ...fact('revision', revision.revision),
    ...fact('message', revision.message),
    ...fact('follows', revision.downRevision.join(', ') || 'none: a base'),
    ...fact('needs', revision.dependsOn.join(', ') || null),
    ...fact('labels', revision.branchLabels.join(', ') || null),
    ...fact(
      'written',
      revision.createdAt === null
        ? null
        : `${revision.createdAt}, ${ageText(revision.createdAt, app.now)}`,
    ),
    ...fact('file', script.path ?? 'none'),
    ...fact('checksum', script.checksum),
    [],
    ...(recorded === null
      ? [
          [
            piece(
              revision.applied ? 'Applied before this tool kept a history.' : 'Not applied.',
              theme.faint,
            ),
          ],
        ]
      : [
          ...fact('state', recorded.state),
          ...fact('applied', `${recorded.appliedAt}, ${ageText(recorded.appliedAt, app.now)}`),
          ...fact('by', recorded.by),
          ...fact('took', recorded.durationMs === null ? null : durationText(recorded.durationMs)),
          ...fact('with', `migrate-tui ${recorded.toolVersion}`),
          ...fact('recorded', recorded.checksum),
          ...fact(
            'script',
            script.isUnchanged === false ? 'edited since it was applied' : 'as it was applied',
          ),
          ...fact('consent', recorded.hazards.join(', ') || null),
        ]),
  ]
}
