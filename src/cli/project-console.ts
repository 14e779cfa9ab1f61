/** Where the code of a project prints: scripts, hooks and configurations run in this process. */
import { Console } from 'node:console'

/** What prints to standard output unless it is told otherwise; the others print to standard error. */
const PRINTING = [
  'count',
  'debug',
  'dir',
  'dirxml',
  'group',
  'groupCollapsed',
  'info',
  'log',
  'table',
  'timeEnd',
  'timeLog',
] as const

/** Sends all of it to standard error: standard output holds nothing but results. */
export function printAside(stderr: NodeJS.WritableStream): void {
  const aside = new Console({ stdout: stderr, stderr })
  for (const name of PRINTING) Object.assign(console, { [name]: aside[name].bind(aside) })
}
