/** Which script a plan is about where one is to be opened. */
import type { HostFailure } from '../../../host/calls.js'
import type { AppState } from '../../state.js'
import type { PlanScreen } from './state.js'
import { selectedStep } from './steps.js'

/** A file, with the line where that is known. */
export interface ScriptPlace {
  readonly path: string
  readonly line: number | null
}

/** The script that the failure of the plan names, else that of the selected step; null for none. */
export function scriptOf(app: AppState, screen: PlanScreen): ScriptPlace | null {
  const { failure } = screen.plan
  if (failure !== null) return placeIn(app, failure)
  const step = selectedStep(screen)
  if (step?.path == null) return null
  const progress = screen.progress.get(step.revision)
  return { path: step.path, line: progress?.kind === 'failed' ? lineOf(progress.failure) : null }
}

function placeIn({ overview }: AppState, failure: HostFailure): ScriptPlace | null {
  const { file, path, revision } = failure.details
  if (typeof file === 'string') return { path: file, line: lineOf(failure) }
  const known = (overview.value?.revisions ?? []).find(
    (one) => one.path !== null && (one.revision === revision || one.path === path),
  )
  return known?.path == null ? null : { path: known.path, line: lineOf(failure) }
}

/** The line of the script that a failure names; null where it names none. */
function lineOf({ details }: HostFailure): number | null {
  return typeof details.line === 'number' ? details.line : null
}
