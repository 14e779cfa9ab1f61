/** How a plan divides its screen: its steps, and the selected one beside or below them. */
import { layoutOf } from '../../layout.js'
import type { AppState } from '../../state.js'
import type { PlanScreen } from './state.js'
import { stepsOf } from './steps.js'

/** Columns of the steps at most, where the selected one stands beside them. */
const STEPS_WIDTH = 52

/** Columns and rows with the frame. */
interface PaneSize {
  readonly width: number
  readonly height: number
}

export interface PlanPanes {
  readonly isWide: boolean
  readonly steps: PaneSize
  readonly detail: PaneSize
  /** Steps that are seen at once. */
  readonly stepRows: number
  /** Lines of the selected step that are seen. */
  readonly detailRows: number
}

/** The panes of a plan, under the line of its title. */
export function planPanes(app: AppState, screen: Pick<PlanScreen, 'plan'>): PlanPanes {
  const { isWide, bodyRows, leftWidth, rightWidth } = layoutOf(app)
  const { columns } = app.size
  const height = bodyRows - 1
  const left = Math.min(leftWidth, STEPS_WIDTH)
  const upper = Math.min(stepsOf(screen).length + 2, Math.max(4, Math.floor(bodyRows / 3)))
  const [steps, detail] = isWide
    ? [
        { width: left, height },
        { width: leftWidth + rightWidth - left, height },
      ]
    : [
        { width: columns, height: upper },
        { width: columns, height: height - upper },
      ]
  return {
    isWide,
    steps,
    detail,
    stepRows: Math.max(1, steps.height - 2),
    detailRows: Math.max(1, detail.height - 2),
  }
}
