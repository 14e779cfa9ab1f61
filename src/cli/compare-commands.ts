/** Runs the commands that hold models, scripts and database against each other. */
import { comparisonLines } from '../present/comparison-lines.js'
import { diffLines } from '../present/diff-lines.js'
import { schemaLines } from '../present/schema-lines.js'
import { verifyLines } from '../present/written-lines.js'
import { isGiven } from './given-options.js'
import type { CommandRunner } from './outcome.js'
import { outcome } from './outcome.js'

export const runCheck: CommandRunner = async ({ line, io, project }) => {
  const { check } = await import('../workflows/check.js')
  // Statements are for programs, and for a person who asks for more.
  const statements = isGiven(line, 'json') || isGiven(line, 'verbose')
  const document = await check(await project(), { statements }, io)
  const isOpen = !document.upToDate || document.compared.heads.length > 1
  return outcome(document, (look) => comparisonLines(document, look), isOpen ? 3 : 0)
}

export const runDiff: CommandRunner = async ({ io, project }) => {
  const { diff } = await import('../workflows/diff.js')
  const document = await diff(await project(), {}, io)
  return outcome(document, (look) => diffLines(document, look))
}

export const runInspect: CommandRunner = async ({ line, io, project }) => {
  const { inspect } = await import('../workflows/inspect.js')
  const what = line.words[0] === 'models' ? 'models' : 'database'
  const document = await inspect(await project(), { what }, io)
  return outcome(document, (look) => schemaLines(document, look))
}

export const runVerify: CommandRunner = async ({ io, project }) => {
  const { verify } = await import('../workflows/verify.js')
  const document = await verify(await project(), {}, io)
  return outcome(document, (look) => verifyLines(document, look), document.ok ? 0 : 3)
}
