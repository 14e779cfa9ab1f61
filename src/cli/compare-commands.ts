/** Runs the commands that hold models, scripts and database against each other. */
import { isGiven } from './given-options.js'
import type { CommandRunner } from './outcome.js'
import { outcome } from './outcome.js'

export const runCheck: CommandRunner = async ({ line, io, project }) => {
  const { check } = await import('../workflows/check.js')
  const { comparisonLines } = await import('../present/comparison-lines.js')
  // Statements are for programs, and for a person who asks for more.
  const statements = isGiven(line, 'json') || isGiven(line, 'verbose')
  const document = await check(await project(), { statements }, io)
  const isOpen = !document.upToDate || document.compared.heads.length > 1
  return outcome(document, (look) => comparisonLines(document, look), isOpen ? 3 : 0)
}

export const runDiff: CommandRunner = async ({ io, project }) => {
  const { diff } = await import('../workflows/diff.js')
  const { diffLines } = await import('../present/diff-lines.js')
  const document = await diff(await project(), {}, io)
  return outcome(document, (look) => diffLines(document, look))
}

export const runInspect: CommandRunner = async ({ line, io, project }) => {
  const { inspect } = await import('../workflows/inspect.js')
  const { schemaLines } = await import('../present/schema-lines.js')
  const what = line.words[0] === 'models' ? 'models' : 'database'
  const document = await inspect(await project(), { what }, io)
  return outcome(document, (look) => schemaLines(document, look))
}

export const runVerify: CommandRunner = async ({ io, project }) => {
  const { verify } = await import('../workflows/verify.js')
  const { verifyLines } = await import('../present/written-lines.js')
  const document = await verify(await project(), {}, io)
  return outcome(document, (look) => verifyLines(document, look), document.ok ? 0 : 3)
}
