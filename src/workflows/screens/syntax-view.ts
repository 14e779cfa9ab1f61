/** Which scripts do not parse, by their text alone: no code runs, and no database is asked. */
import { statSync } from 'node:fs'
import { compileFunction } from 'node:vm'
import { readText } from '../../scripts/reading/read-text.js'
import { findSyntaxError } from '../../syntax-place.js'
import type { SyntaxDocument, SyntaxProblem } from './screen-documents.js'

/** What was found in a script, and which state of its file that is about. */
interface Checked {
  readonly version: string
  readonly problem: SyntaxProblem | null
}

/** For as long as the process runs: a script that was not saved since is not parsed again. */
const checked = new Map<string, Checked>()

/** The scripts among these, by absolute path, that do not parse; one that cannot be read is none. */
export async function syntaxView({
  paths,
}: {
  readonly paths: readonly string[]
}): Promise<SyntaxDocument> {
  const problems = await Promise.all(paths.filter(isCode).map(problemOf))
  return { broken: problems.filter((one) => one !== null) }
}

/** What another extension is written in, only its loader knows. */
function isCode(path: string): boolean {
  return /\.[cm]?[jt]s$/.test(path)
}

async function problemOf(path: string): Promise<SyntaxProblem | null> {
  const version = versionOf(path)
  if (version === null) return null
  const known = checked.get(path)
  if (known?.version === version) return known.problem
  const problem = await parsed(path)
  checked.set(path, { version, problem })
  return problem
}

async function parsed(path: string): Promise<SyntaxProblem | null> {
  let text: string
  try {
    text = readText(path)
  } catch {
    // Whoever reads the tree hears of it.
    return null
  }
  // Most are CommonJS, and need no other process to be read.
  const place = isCommonJs(path, text) ? null : await findSyntaxError(text, path)
  return place === null ? null : { path, line: place.line, message: place.message }
}

/** Whether Node takes it as it takes a file that is required. */
function isCommonJs(path: string, text: string): boolean {
  if (!/\.c?js$/.test(path)) return false
  try {
    compileFunction(text)
    return true
  } catch {
    return false
  }
}

function versionOf(path: string): string | null {
  const stat = statSync(path, { throwIfNoEntry: false })
  return stat === undefined ? null : `${stat.mtimeMs}-${stat.size}`
}
