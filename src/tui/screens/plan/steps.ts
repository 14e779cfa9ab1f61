/** The steps of a plan, and which of them may run. */
import type { PlanViewStep } from '../../../workflows/screens/screen-documents.js'
import type { PlanScreen } from './state.js'

/** How a step is to be run. */
export type Grade = 'safe' | 'ask' | 'loss' | 'blocked'

/** `loss` is typed, `ask` is said yes to, `blocked` does not run. */
export function gradeOf(step: PlanViewStep): Grade {
  if (step.isBlocked) return 'blocked'
  if (step.destructive) return 'loss'
  return step.unforeseen !== null || step.hazards.some(isRisk) ? 'ask' : 'safe'
}

function isRisk(hazard: PlanViewStep['hazards'][number]): boolean {
  return hazard.class === 'unforeseen' || (hazard.class === 'failsOnRows' && hazard.rows !== 0)
}

/** The steps of the plan. */
export function stepsOf({ plan }: Pick<PlanScreen, 'plan'>): readonly PlanViewStep[] {
  return plan.value?.steps ?? []
}

/** The steps that did not run yet, in order. */
export function openSteps(screen: PlanScreen): readonly PlanViewStep[] {
  return stepsOf(screen).filter((step) => screen.progress.get(step.revision)?.kind !== 'done')
}

/** The step that runs next; null when every step is done. */
export function nextStep(screen: PlanScreen): PlanViewStep | null {
  return openSteps(screen)[0] ?? null
}

/** How many steps from the next one on are safe. */
export function safeSteps(screen: PlanScreen): number {
  const open = openSteps(screen)
  const risky = open.findIndex((step) => gradeOf(step) !== 'safe')
  return risky === -1 ? open.length : risky
}

/** The step that is selected; null in an empty plan. */
export function selectedStep(screen: PlanScreen): PlanViewStep | null {
  return stepsOf(screen)[screen.selected] ?? null
}
