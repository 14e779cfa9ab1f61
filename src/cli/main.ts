/** The program: reads the command line, runs the command, prints what it ends with. */
import { keepCompiledCode, writeCompiledCode } from '../compiled-code/keep.js'
import { keepProcess } from '../scripts/process-guard.js'
import { printAside } from './project-console.js'
import { kindOfCommand, opensScreens, readsModels } from './first-guess.js'
import { isStartFolderThere, startFolder } from './start-folder.js'
import { keepYoungSpaceSmall, optimiseLater } from '../v8-flags.js'

optimiseLater()
keepYoungSpaceSmall(writeCompiledCode)
const words = process.argv.slice(2)
keepCompiledCode(`cli-${kindOfCommand(words)}`)
// No success, should nothing be left to do before the command has ended.
process.exitCode = 1
void main(words)

async function main(argv: readonly string[]): Promise<void> {
  if (readsModels(argv)) {
    // First of all: the process that will load them starts while this one finds the project.
    const { expectModels } = await import('../workflows/comparing/models-child.js')
    expectModels()
  }
  const host =
    opensScreens(argv, process) && isStartFolderThere()
      ? (await import('../host/fork-host.js')).forkHost(startFolder())
      : null
  const exitNow = keepProcess()
  printAside(process.stderr)
  const { runProgram } = await import('./program.js')
  const exit = await runProgram({
    argv,
    host,
    env: process.env,
    get cwd() {
      return startFolder()
    },
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    signals: process,
    exit: (code) => exitNow(code),
  })
  // A driver or a pool of the project's may keep the process alive; everything is written by now.
  exitNow(exit)
}
