/** What the way back from a step cannot bring back, in words. */
import type { CountedHazard } from '../safety/hazard.js'
import { asksConsent } from '../safety/count.js'
import type { JudgedStep } from './judge-steps.js'

/** One sentence a loss; `hasDown` is whether the script exports a way down at all. */
export function notUndone({ plan, hazards }: JudgedStep, hasDown: boolean): readonly string[] {
  const isUp = plan.direction === 'up'
  const way = isUp ? 'Downgrade' : 'Upgrade'
  const losses = hazards
    .filter((hazard) => asksConsent(hazard) && hazard.rows !== 0)
    .map((hazard) => lossSentence(way, hazard))
  const oneWay = 'There is no way back: the script has no down.'
  return isUp && !hasDown && !plan.empty ? [oneWay, ...losses] : losses
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
