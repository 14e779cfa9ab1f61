/** The program: reads the command line, runs the command, prints what it ends with. */
import { resolve } from 'node:path'
import { keepProcess } from '../scripts/process-guard.js'
import { printAside } from './project-console.js'
import { opensScreens, readsModels } from './first-guess.js'

const argv = process.argv.slice(2)
if (readsModels(argv)) {
  // First of all: the process that will load them starts while this one finds the project.
  const { expectModels } = await import('../workflows/comparing/models-child.js')
  expectModels()
}
const host = opensScreens(argv, process)
  ? (await import('../host/fork-host.js')).forkHost(resolve('.'))
  : null
const exitNow = keepProcess()
printAside(process.stderr)
const { runProgram } = await import('./program.js')
const exit = await runProgram({
  argv,
  host,
  env: process.env,
  cwd: resolve('.'),
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  signals: process,
  exit: (code) => exitNow(code),
})
// A driver or a pool of the project's may keep the process alive; everything is written by now.
exitNow(exit)
