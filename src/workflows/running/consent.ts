/** Who agreed to which loss: options outside a terminal, a typed name at one. */
import { shellWord } from '../../shell-word.js'
import { MigrateError } from '../../errors.js'
import type { ProjectDatabase } from '../../project/project.js'
import type { CountedHazard, Hazard } from '../../safety/hazard.js'
import { asksConsent } from '../../safety/count.js'
import type { Io } from '../io.js'
import type { JudgedStep } from './judge-steps.js'
import { withRows } from './judge-steps.js'
import type { RunOptions } from '../options.js'

/** The consent options, with the revisions that they name as full ids. */
export interface Allowed {
  readonly all: boolean
  readonly revisions: ReadonlySet<string>
}

/** What a run may do beyond the harmless. */
export interface Consent {
  /** Whether a loss was agreed to. */
  allows(revision: string, hazard: Hazard): boolean
}

/**
 * Asks for what the plan loses, or takes the options' word for it.
 * @throws MigrateError `DESTRUCTIVE_NOT_ALLOWED` (exit 3), naming objects and rows; nothing ran
 */
export async function obtainConsent(
  steps: readonly JudgedStep[],
  allowed: Allowed,
  database: ProjectDatabase,
  io: Io,
): Promise<Consent> {
  const losing = steps.filter((step) => step.destructive)
  if (losing.length > 0 && database.protection === 'refuse') throw protectedDatabase(database.name)
  const open = losing.filter((step) => !isAllowed(allowed, step.plan.revision.id))
  const agreed = new Set<string>()
  if (open.length > 0) {
    if (io.ask === null) throw notAllowed(open)
    const asked = database.protection === 'ask' ? database.name : null
    for (const step of open) {
      for (const hazard of step.hazards.filter(asksConsent)) {
        const { rows } = hazard
        const object = asked ?? hazard.object
        const yes = await io.ask.confirmLoss({ object, rows, message: withRows(hazard) })
        if (!yes) throw notAllowed([step])
        agreed.add(keyOf(step.plan.revision.id, hazard.object))
      }
    }
  }
  return {
    allows: (revision, hazard) =>
      isAllowed(allowed, revision) || agreed.has(keyOf(revision, hazard.object)),
  }
}

/** The consent options of a run; ids are completed by `resolve`. */
export function allowedBy(options: RunOptions, resolve: (name: string) => string): Allowed {
  return {
    all: options.allowDestructive,
    revisions: new Set(options.allowDestructiveRevisions.map(resolve)),
  }
}

/** The refusal of a loss that showed only while a script ran. */
export function unforeseenLoss(revision: string, hazards: readonly CountedHazard[]): MigrateError {
  return new MigrateError(
    'DESTRUCTIVE_NOT_ALLOWED',
    3,
    `Revision ${revision} loses data, which could not be foreseen: ${hazards.map(withRows).join('; ')}.`,
    {
      why: 'The script decides while it runs, so the loss was not in the plan.',
      fix: `If that is meant, run it again with \`--allow-destructive-rev ${shellWord(revision)}\`.`,
      details: { revision, hazards },
    },
  )
}

function isAllowed(allowed: Allowed, revision: string): boolean {
  return allowed.all || allowed.revisions.has(revision)
}

function keyOf(revision: string, object: string): string {
  return `${revision}\n${object}`
}

function notAllowed(steps: readonly JudgedStep[]): MigrateError {
  const hazards = steps.flatMap((step) =>
    step.hazards.filter(asksConsent).map((hazard) => ({ revision: step.plan.revision.id, hazard })),
  )
  const lines = hazards.map(({ revision, hazard }) => `  ${revision}: ${withRows(hazard)}`)
  const [first] = steps
  const flag =
    first === undefined
      ? ''
      : ` or \`--allow-destructive-rev ${shellWord(first.plan.revision.id)}\``
  return new MigrateError(
    'DESTRUCTIVE_NOT_ALLOWED',
    3,
    `The plan loses data, and nobody agreed to that:\n${lines.join('\n')}`,
    {
      fix: `If that is meant, run it again with \`--allow-destructive\`${flag}.`,
      state: 'Nothing ran: the database is as it was.',
      details: { hazards: hazards.map(({ revision, hazard }) => ({ revision, ...hazard })) },
    },
  )
}

function protectedDatabase(name: string): MigrateError {
  return new MigrateError(
    'DATABASE_PROTECTED',
    3,
    `The plan loses data in ${name}, which is protected.`,
    {
      why: `The configuration says \`protected\` with \`refuse\` for ${name}.`,
      fix: 'Take the protection out of the configuration first, if the loss is meant.',
      state: 'Nothing ran: the database is as it was.',
    },
  )
}
