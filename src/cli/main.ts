/** The program: reads the command line, runs the command, prints what it ends with. */
import { resolve } from 'node:path'
import { runProgram } from './program.js'

const exit = await runProgram({
  argv: process.argv.slice(2),
  env: process.env,
  cwd: resolve('.'),
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  signals: process,
  exit: (code) => process.exit(code),
})
// A driver or a pool of the project's may keep the process alive; everything is written by now.
process.exit(exit)
