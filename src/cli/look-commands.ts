/** Runs the commands that show revisions and where the database stands. */
import { historyLines } from '../present/history-lines.js'
import { currentLines, headLines, showLines } from '../present/revision-lines.js'
import { isGiven, headsOptions, historyOptions } from './given-options.js'
import type { CommandRunner } from './outcome.js'
import { outcome } from './outcome.js'

export const runCurrent: CommandRunner = async ({ line, io, project }) => {
  const { current } = await import('../workflows/current.js')
  const verbose = isGiven(line, 'verbose')
  const document = await current(
    await project(),
    { verbose, checkHeads: isGiven(line, 'checkHeads') },
    io,
  )
  return outcome(document, (look) => currentLines(document, verbose, look))
}

export const runHeads: CommandRunner = async ({ line, io, project }) => {
  const { heads } = await import('../workflows/heads.js')
  const options = headsOptions(line)
  const document = await heads(await project(), options, io)
  return outcome(document, (look) => headLines(document, options.verbose, look))
}

export const runBranches: CommandRunner = async ({ line, io, project }) => {
  const { branches } = await import('../workflows/branches.js')
  const options = headsOptions(line)
  const document = await branches(await project(), options, io)
  return outcome(document, (look) => headLines(document, options.verbose, look))
}

export const runHistory: CommandRunner = async ({ line, io, project }) => {
  const { history } = await import('../workflows/history.js')
  const options = historyOptions(line)
  const document = await history(await project(), options, io)
  return outcome(document, (look) => historyLines(document, options, look))
}

export const runShow: CommandRunner = async ({ line, io, project }) => {
  const { show } = await import('../workflows/show.js')
  const document = await show(await project(), { revision: line.words[0] ?? 'head' }, io)
  return outcome(document, (look) => showLines(document, look))
}
