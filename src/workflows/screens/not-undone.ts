/** What the way back from a step cannot bring back, in words. */
import type { CountedHazard } from '../../safety/hazard.js'
import { asksConsent } from '../../safety/count.js'
import type { PlannedScript } from '../../plan/step-request.js'
import type { JudgedStep } from '../running/judge-steps.js'

type WayDown = Pick<PlannedScript, 'down' | 'isDownEmpty'>

/** One sentence a loss, and one where the script has no way down. */
export function notUndone({ plan, hazards }: JudgedStep, script: WayDown): readonly string[] {
  const isUp = plan.direction === 'up'
  const way = isUp ? 'Downgrade' : 'Upgrade'
  const losses = hazards
    .filter((hazard) => asksConsent(hazard) && hazard.rows !== 0)
    .map((hazard) => lossSentence(way, hazard))
  return isUp && !plan.empty ? [...oneWay(script), ...losses] : losses
}

function oneWay({ down, isDownEmpty }: WayDown): readonly string[] {
  if (down === null) return ['There is no way back: the script has no down.']
  return isDownEmpty ? ['Downgrade undoes nothing: the down of the script is empty.'] : []
}

/** By the codes of the catalogue: what is dropped comes back as an empty shell, what is cut stays cut. */
function lossSentence(way: string, { code, object, message, rows }: CountedHazard): string {
  const counted = rows === null ? '' : ` (${rows} ${rows === 1 ? 'row' : 'rows'})`
  switch (code) {
    case 'H01':
      return `${way} can bring the table ${object} back, not its rows${counted}.`
    case 'H02':
      return `${way} can bring the column ${object} back, not its values${counted}.`
    case 'H05':
      return `${way} does not bring the rows of ${object} back${counted}.`
    default:
      return `${way} does not bring back what is lost: ${message}${counted}.`
  }
}
