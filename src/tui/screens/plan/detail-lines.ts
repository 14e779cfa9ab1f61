/** One step of a plan: what it does, what it puts at risk, its statements, what became of it. */
import { grouped } from '../../../present/text-width.js'
import type { PlanViewStep } from '../../../workflows/screens/screen-documents.js'
import { cleanLine } from '../../../present/clean.js'
import { highlighted } from '../../draw/highlight.js'
import type { Part } from '../../draw/line.js'
import { piece, wrapParts } from '../../draw/line.js'
import { wrapped } from '../../draw/overlay.js'
import type { Style } from '../../draw/theme.js'
import { uiTheme } from '../../draw/theme.js'
import type { View } from '../../draw/view.js'
import { durationText } from '../../draw/words.js'
import type { AppState } from '../../state.js'
import { failureLines } from '../tree/detail-lines.js'
import { isPlanningLong, planningFor } from '../../tries.js'
import { planPanes } from './panes.js'
import type { PlanScreen } from './state.js'
import { gradeOf, selectedStep } from './steps.js'

type Line = readonly Part[]

const COUNTING = uiTheme({ colour: false, unicode: true })

/** How many lines the selected step has at the width that it is drawn with. */
export function stepLength(app: AppState, screen: PlanScreen): number {
  const { detail } = planPanes(app, screen)
  return stepDetail({ app, theme: COUNTING }, screen, detail.width - 2).length
}

/** The lines of the selected step. */
export function stepDetail(view: View, screen: PlanScreen, width: number): readonly Line[] {
  const step = selectedStep(screen)
  const { theme } = view
  const failure =
    screen.plan.failure === null ? [] : failureLines(screen.plan.failure, width, theme)
  if (step === null) {
    if (failure.length > 0) return failure
    if (screen.plan.isLoading) return planningLines(view, screen, width)
    return [[piece('Nothing to do: the database is there already.', theme.faint)]]
  }
  const room = width - 4
  const say = (texts: readonly string[], sign: string, style: Style | null): readonly Line[] =>
    texts.flatMap((text) =>
      wrapped(text, room).map((line, index): Line => [
        piece(`  ${index === 0 ? sign : ' '} ${line}`, style),
      ]),
    )
  const hazards = step.hazards.map(
    ({ message, rows }) =>
      `${message}${rows === null ? '' : `: ${grouped(rows)} ${rows === 1 ? 'row' : 'rows'}, counted now`}`,
  )
  return [
    ...section(theme.bad, 'The plan could not be made again', failure),
    ...(isPlanningLong(view.app) ? [...planningLines(view, screen, width), []] : []),
    ...progressLines(view, screen, step, width),
    ...section(theme.strong, 'What it does', [
      ...step.operations.flatMap((text) =>
        wrapped(cleanLine(text), width - 4).map((line, index): Line => [
          `${index === 0 ? '  ' : '    '}${line}`,
        ]),
      ),
      ...(step.operations.length === 0
        ? [[piece('  changes no schema that could be foreseen', theme.faint)]]
        : []),
    ]),
    ...section(theme.strong, 'At risk', [
      ...say(hazards, theme.signs.danger, gradeOf(step) === 'safe' ? theme.warn : theme.bad),
      ...say(step.unforeseen === null ? [] : [step.unforeseen], theme.signs.question, theme.warn),
      ...(step.isBlocked
        ? say(
            ['It would fail on these rows, so it does not run: mend them, then plan again with r.'],
            ' ',
            theme.strong,
          )
        : []),
      ...say(step.notUndone, ' ', null),
    ]),
    ...section(theme.strong, 'While it runs', [
      ...say(step.locks, ' ', null),
      ...say([atomicText(step)], ' ', null),
    ]),
    ...section(
      theme.strong,
      'SQL',
      (step.statements ?? []).flatMap((sql) =>
        highlighted(`${sql};`, 'sql', theme).flatMap((line) =>
          wrapParts(['  ', ...line], width, 4),
        ),
      ),
    ),
  ]
}

/** Milliseconds after which it is said why planning takes its time. */
const EXPLAINED_AFTER = 3_000

function planningLines({ app, theme }: View, screen: PlanScreen, width: number): readonly Line[] {
  const took = planningFor(app, screen) ?? 0
  if (!isPlanningLong(app)) return [[piece('Making the plan …', theme.faint)]]
  const { running } = theme.signs
  const sign = running[Math.floor(app.now / 100) % running.length] ?? ''
  const why =
    'Each script is tried before its plan is shown, where nothing of it stays, and this one takes its time. ctrl-c stops that.'
  const { trying } = screen
  const at = trying === null ? '' : `Trying ${trying.revision}, ${trying.index} of ${trying.of}`
  return [
    [piece(`${sign} Making the plan, ${durationText(took)}`, theme.strong)],
    ...wrapped(at, width).map((line): Line => [line]),
    ...(took < EXPLAINED_AFTER
      ? []
      : [[], ...wrapped(why, width).map((line): Line => [piece(line, theme.warn)])]),
  ]
}

function atomicText(step: PlanViewStep): string {
  return step.isAtomic
    ? 'In a transaction: if it fails, nothing of it stays.'
    : 'Not in a transaction: if it fails, the statements before the failure stay.'
}

function section(title: Style, text: string, lines: readonly Line[]): readonly Line[] {
  return lines.length === 0 ? [] : [[piece(text, title)], ...lines, []]
}

function progressLines(
  { app, theme }: View,
  screen: PlanScreen,
  step: PlanViewStep,
  width: number,
): readonly Line[] {
  const progress = screen.progress.get(step.revision)
  const { running } = screen
  if (running !== null && (running.revision ?? step.revision) === step.revision) {
    if (app.popups.some((popup) => popup.kind === 'loss')) {
      return [
        [
          piece(
            `${theme.signs.question} Waiting for your answer: nothing runs until then`,
            theme.warn,
          ),
        ],
        [],
      ]
    }
    const sign = theme.signs.running[Math.floor(app.now / 100) % theme.signs.running.length] ?? ''
    const statement =
      running.statement === null
        ? []
        : [
            [
              `  statement ${running.statements}, ${durationText(app.now - running.statementSince)}`,
            ],
            ...highlighted(running.statement, 'sql', theme).flatMap((line) =>
              wrapParts(['  ', ...line], width, 4),
            ),
          ]
    return [
      [
        piece(
          `${sign} ${running.revision === null ? 'Counting again' : 'Running'}, ${durationText(app.now - running.since)}`,
          theme.strong,
        ),
      ],
      ...statement,
      ...(running.waiting === null
        ? []
        : wrapped(`Waiting for ${running.waiting}`, width - 2).map((line): Line => [
            piece(`  ${line}`, theme.warn),
          ])),
      ...(running.isStopping
        ? [[piece('  Stopping after this revision. ctrl-c again stops it now.', theme.warn)]]
        : []),
      [],
    ]
  }
  if (progress?.kind === 'done') {
    const facts = `${progress.statements} ${progress.statements === 1 ? 'statement' : 'statements'}, ${durationText(progress.durationMs)}`
    return [[piece(`${theme.signs.done} Done: ${facts}`, theme.good)], []]
  }
  if (progress?.kind === 'failed') {
    return [
      [piece(`${theme.signs.failed} Failed`, theme.bad)],
      ...failureLines(progress.failure, width, theme),
      [],
      [piece('e edit the script   r plan again   esc stop here', theme.name)],
      [],
    ]
  }
  return []
}
