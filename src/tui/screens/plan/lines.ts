/** A plan as lines: its steps, and the selected one beside or below them. */
import { counted, grouped } from '../../../present/text-width.js'
import { factsText, fitLine, piece, spreadLine } from '../../draw/line.js'
import { besideEachOther, paneLines } from '../../draw/pane.js'
import { scrolledTop } from '../../draw/scroll.js'
import type { View } from '../../draw/view.js'
import { durationText, idsText, shortId } from '../../draw/words.js'
import { stepDetail } from './detail-lines.js'
import { planPanes } from './panes.js'
import type { AppState } from '../../state.js'
import type { PlanScreen, Progress } from './state.js'
import { gradeOf, stepsOf } from './steps.js'

/** The body of a plan. */
export function planLines(view: View, screen: PlanScreen): readonly string[] {
  const { app } = view
  const title = fitLine([piece(headText(app, screen), view.theme.strong)], app.size.columns)
  const { isWide } = planPanes(app, screen)
  const panes = [stepsPane(view, screen), detailPane(view, screen)]
  return [title, ...(isWide ? besideEachOther(panes) : panes.flat())]
}

function headText({ size, idLength }: AppState, screen: PlanScreen): string {
  const { plan, direction, progress } = screen
  const word = direction === 'up' ? 'UPGRADE' : 'DOWNGRADE'
  if (plan.value === null) return ` ${word} to ${screen.target}`
  const steps = stepsOf(screen)
  const ended = (kind: Progress['kind']): number =>
    [...progress.values()].filter((one) => one.kind === kind).length
  const [done, failed] = [ended('done'), ended('failed')]
  const facts = [
    counted(steps.length, 'step'),
    ...riskFacts(steps),
    ...(done > 0 ? [`${grouped(done)} done`] : []),
    ...(failed > 0 ? [`${grouped(failed)} failed`] : []),
    ...(done + failed === 0
      ? [screen.running?.revision == null ? 'nothing ran yet' : 'running']
      : []),
  ]
  const { from, to } = plan.value
  const start = ` ${word}  ${idsText(from, idLength)} → ${idsText(to, idLength)}   `
  return factsText(start, facts, size.columns)
}

/** What the steps lose; of one that could not be foreseen whole nobody knows. */
function riskFacts(steps: ReturnType<typeof stepsOf>): readonly string[] {
  const losing = steps.filter((step) => step.destructive).length
  const unknown = steps.filter((step) => !step.destructive && step.unforeseen !== null).length
  const open = unknown === 0 ? [] : [`${grouped(unknown)} not foreseen`]
  if (losing > 0) return [`${grouped(losing)} ${losing === 1 ? 'loses' : 'lose'} data`, ...open]
  return unknown > 0 ? open : ['none loses data']
}

function stepsPane(view: View, screen: PlanScreen): readonly string[] {
  const { app, theme } = view
  const { steps, stepRows: height } = planPanes(app, screen)
  const inner = steps.width - 2
  const count = stepsOf(screen).length
  // The size may have changed since the selection was last moved.
  const top = scrolledTop(screen.top, screen.selected, { height, count })
  const lines = stepsOf(screen)
    .slice(top, top + height)
    .map((_, index) => stepLine(view, screen, top + index, inner))
  const below = count - top - lines.length
  const { isLoading, failure } = screen.plan
  const empty = isLoading
    ? 'Making the plan …'
    : failure === null
      ? 'Nothing to do.'
      : 'No plan: see the error.'
  return paneLines(
    {
      title: ['Steps'],
      foot: [
        ...(top > 0 ? [`${grouped(top)} above`] : []),
        ...(below > 0 ? [`${grouped(below)} more`] : []),
        ...(isLoading && app.now > 0 ? ['planning …'] : []),
      ].join(' · '),
      lines: lines.length === 0 ? [fitLine([piece(empty, theme.faint)], inner)] : lines,
      isActive: screen.focus === 'steps',
      ...steps,
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

function detailPane(view: View, screen: PlanScreen): readonly string[] {
  const { app, theme } = view
  const { detail, detailRows } = planPanes(app, screen)
  const steps = stepsOf(screen)
  const step = steps[screen.selected]
  const inner = detail.width - 2
  const all = stepDetail(view, screen, inner)
  const lines = all
    .slice(screen.detailTop, screen.detailTop + detailRows)
    .map((line) => fitLine(line, inner))
  const below = all.length - screen.detailTop - detailRows
  return paneLines(
    {
      title:
        step === undefined
          ? ['Step']
          : [
              `Step ${grouped(screen.selected + 1)} of ${grouped(steps.length)}`,
              piece(`  ${shortId(step.revision, app.idLength)} ${step.message}`, theme.faint),
            ],
      foot: below > 0 ? `${grouped(below)} more` : '',
      lines,
      isActive: screen.focus === 'detail',
      ...detail,
    },
    theme,
  )
}
