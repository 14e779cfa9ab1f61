/** Steps of a plan as documents. */
import type { PlanStep } from '../../plan/step.js'
import type { StepDocument } from '../documents.js'

/** A step that was only planned. */
export function plannedDocument(plan: PlanStep): StepDocument {
  return {
    revision: plan.revision.id,
    direction: plan.direction,
    status: 'planned',
    durationMs: 0,
    statements: plan.statements?.length ?? 0,
  }
}

/** A step that is done; `statements` ran in `durationMs`. */
export function doneDocument(plan: PlanStep, durationMs: number, statements: number): StepDocument {
  return {
    revision: plan.revision.id,
    direction: plan.direction,
    status: plan.direction === 'up' ? 'applied' : 'reverted',
    durationMs,
    statements,
  }
}
