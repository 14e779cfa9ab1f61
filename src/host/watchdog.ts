/** Ends this process with its parent even while a statement holds its only thread. */
import { Worker } from 'node:worker_threads'
import { LIFELINE_FD } from './descriptors.js'

/** Node's event loop is not needed for it: a thread of its own waits for the pipe to be closed. */
const WATCH = `
const { Socket } = require('node:net')
const end = () => process.kill(process.pid, 'SIGKILL')
new Socket({ fd: ${LIFELINE_FD} }).on('error', end).on('close', end).resume()
`

let isWatched = false

/** Starts the watch, once; a run that nobody looks at any more must not go on. */
export function endWithParent(): void {
  if (isWatched) return
  isWatched = true
  new Worker(WATCH, { eval: true, stdin: false }).unref()
}
