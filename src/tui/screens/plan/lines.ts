/** A plan as lines: its steps, and the selected one beside or below them. */
import { fitLine, piece, spreadLine } from '../../draw/line.js'
import { besideEachOther, paneLines } from '../../draw/pane.js'
import type { View } from '../../draw/view.js'
import { durationText, idsText, shortId } from '../../draw/words.js'
import { layoutOf } from '../../layout.js'
import { stepDetail } from './detail-lines.js'
import type { PlanScreen } from './state.js'
import { gradeOf, stepsOf } from './steps.js'

/** The body of a plan. */
export function planLines(view: View, screen: PlanScreen): readonly string[] {
  const { app } = view
  const { isWide, bodyRows, leftWidth, rightWidth } = layoutOf(app)
  const { columns } = app.size
  const title = fitLine([piece(headText(screen, app.idLength), view.theme.strong)], columns)
  if (isWide) {
    const left = Math.min(leftWidth, 52)
    const panes = [
      stepsPane(view, screen, { width: left, height: bodyRows - 1 }),
      detailPane(view, screen, { width: leftWidth + rightWidth - left, height: bodyRows - 1 }),
    ]
    return [title, ...besideEachOther(panes)]
  }
  const upper = Math.min(stepsOf(screen).length + 2, Math.max(4, Math.floor(bodyRows / 3)))
  return [
    title,
    ...stepsPane(view, screen, { width: columns, height: upper }),
    ...detailPane(view, screen, { width: columns, height: bodyRows - 1 - upper }),
  ]
}

function headText(screen: PlanScreen, length: number): string {
  const { plan, direction, progress } = screen
  const word = direction === 'up' ? 'UPGRADE' : 'DOWNGRADE'
  if (plan.value === null) return ` ${word} to ${screen.target}`
  const steps = stepsOf(screen)
  const losing = steps.filter((step) => step.destructive).length
  const done = [...progress.values()].filter((one) => one.kind === 'done').length
  const parts = [
    `${steps.length} ${steps.length === 1 ? 'step' : 'steps'}`,
    losing === 0 ? 'none loses data' : `${losing} ${losing === 1 ? 'loses' : 'lose'} data`,
    ...(done > 0 ? [`${done} done`] : ['nothing ran yet']),
  ]
  return ` ${word}  ${idsText(plan.value.from, length)} → ${idsText(plan.value.to, length)}   ${parts.join(' · ')}`
}

interface PaneSize {
  readonly width: number
  readonly height: number
}

function stepsPane(view: View, screen: PlanScreen, { width, height }: PaneSize): readonly string[] {
  const { app, theme } = view
  const inner = width - 2
  const lines = stepsOf(screen)
    .slice(screen.top, screen.top + height - 2)
    .map((_, index) => stepLine(view, screen, screen.top + index, inner))
  const { isLoading, failure } = screen.plan
  const empty = isLoading
    ? 'Making the plan …'
    : failure === null
      ? 'Nothing to do.'
      : 'No plan: see the error.'
  return paneLines(
    {
      title: ['Steps'],
      foot: screen.plan.isLoading && app.now > 0 ? 'planning …' : '',
      lines: lines.length === 0 ? [fitLine([piece(empty, theme.faint)], inner)] : lines,
      isActive: screen.focus === 'steps',
      width,
      height,
    },
    theme,
  )
}

function stepLine({ app, theme }: View, screen: PlanScreen, index: number, width: number): string {
  const step = stepsOf(screen)[index]
  if (step === undefined) return ' '.repeat(width)
  const isSelected = index === screen.selected
  const progress = screen.progress.get(step.revision)
  const { signs } = theme
  const running = screen.running?.revision === step.revision ? screen.running : null
  const spinner = signs.running[Math.floor(app.now / 100) % signs.running.length] ?? ''
  const sign =
    running !== null
      ? spinner
      : progress?.kind === 'done'
        ? signs.done
        : progress?.kind === 'failed'
          ? signs.failed
          : gradeOf(step) === 'safe'
            ? signs.waiting
            : signs.danger
  const right =
    running !== null
      ? piece(durationText(app.now - running.since), theme.strong)
      : progress?.kind === 'done'
        ? piece(durationText(progress.durationMs), theme.good)
        : progress?.kind === 'failed'
          ? piece('failed', theme.bad)
          : gradePiece(step, theme)
  const line = spreadLine(
    [
      `${isSelected ? signs.marker : ' '}${sign} `,
      piece(`${shortId(step.revision, app.idLength)} `, isSelected ? null : theme.name),
      step.message,
    ],
    [isSelected ? right.text : right],
    width,
  )
  return isSelected && screen.focus === 'steps' ? theme.inverse(line) : line
}

function gradePiece(
  step: Parameters<typeof gradeOf>[0],
  theme: View['theme'],
): ReturnType<typeof piece> {
  switch (gradeOf(step)) {
    case 'loss':
      return piece('LOSES DATA', theme.bad)
    case 'blocked':
      return piece('WOULD FAIL', theme.bad)
    case 'ask':
      return piece('asks', theme.warn)
    case 'safe':
      return piece('safe', theme.faint)
  }
}

function detailPane(
  view: View,
  screen: PlanScreen,
  { width, height }: PaneSize,
): readonly string[] {
  const { theme } = view
  const steps = stepsOf(screen)
  const step = steps[screen.selected]
  const inner = width - 2
  const all = stepDetail(view, screen, inner)
  const lines = all
    .slice(screen.detailTop, screen.detailTop + height - 2)
    .map((line) => fitLine(line, inner))
  const below = all.length - screen.detailTop - (height - 2)
  return paneLines(
    {
      title:
        step === undefined
          ? ['Step']
          : [
              `Step ${screen.selected + 1} of ${steps.length}`,
              piece(`  ${shortId(step.revision, view.app.idLength)} ${step.message}`, theme.faint),
            ],
      foot: below > 0 ? `${below} more` : '',
      lines,
      isActive: screen.focus === 'detail',
      width,
      height,
    },
    theme,
  )
}
