/** A plan before it runs: step by step, with its statements and what it would lose. */
import type { PlannedStep } from '../runner/events.js'
import { cleanLine } from './clean.js'
import { joinBlocks } from './comparison-lines.js'
import type { Look } from './look.js'
import { statementLines } from './revision-lines.js'
import { counted, wrap } from './text-width.js'

/** What would run. */
export function planLines(steps: readonly PlannedStep[], look: Look): readonly string[] {
  const { theme } = look
  if (steps.length === 0) return ['Nothing to do.']
  const losing = steps.filter(({ destructive }) => destructive).length
  const loss =
    losing === 0 ? 'none loses data' : `${losing} ${losing === 1 ? 'loses' : 'lose'} data`
  return joinBlocks([
    ...steps.map((step) => stepLines(step, look)),
    [theme.strong(`${counted(steps.length, 'step')}, ${loss}. Nothing was run.`)],
  ])
}

function stepLines(step: PlannedStep, look: Look): readonly string[] {
  const { theme } = look
  const title = `${theme.strong(step.direction === 'up' ? 'Upgrade' : 'Downgrade')} ${theme.name(cleanLine(step.revision))}  ${cleanLine(step.message)}`
  const hazards = step.hazards.flatMap((hazard) => {
    const rows = hazard.rows === null ? '' : ` (${counted(hazard.rows, 'row')})`
    const text = `${theme.glyphs.danger} ${cleanLine(hazard.object)}: ${cleanLine(hazard.message)}${rows} [${hazard.code}]`
    return wrapped(text, look).map(theme.bad)
  })
  return [
    title,
    ...hazards.map((line) => `  ${line}`),
    ...(step.unforeseen === null
      ? []
      : wrapped(`${theme.glyphs.question} ${cleanLine(step.unforeseen)}`, look).map(
          (line) => `  ${theme.note(line)}`,
        )),
    ...statementLines(step.statements ?? []).map((line) => `    ${line}`),
  ]
}

function wrapped(text: string, { width }: Look): readonly string[] {
  return wrap(text, width === null ? null : width - 4)
}
