/**
 * Keeps what V8 compiled between runs: a sixth of the time of a short command. Node 22 and newer do that
 * themselves when they are asked to; for Node 20 it is done here.
 */
import Module from 'node:module'
import { cachedDataVersionTag } from 'node:v8'
import type { Script } from 'node:vm'
import { cacheFile, isOf, keptCode, readCache, writeCache } from './cache-file.js'
import { compileWith, scriptOf } from './compile-with.js'

/** Of the Node that has it: a cache of its own, below the folder for temporary files. */
interface OwnCache {
  enableCompileCache?(): unknown
  flushCompileCache?(): unknown
}

/** How Node is started by who looks into what it compiles: its own way of compiling is asked for. */
const WATCHED = /--(?:enable-source-maps|experimental-policy|inspect)/

let write = (): void => undefined

/**
 * From now on our own files and those of packages are compiled once for all runs, where something can
 * be kept. Flags of V8 are set before: what was compiled with others is of no use.
 * @param name of the kind of process: each keeps what it loads, and reads all that is kept
 */
export function keepCompiledCode(name: string): void {
  const own = Module as OwnCache // newer than its types
  if (own.enableCompileCache !== undefined) {
    own.enableCompileCache()
    write = () => own.flushCompileCache?.()
    return
  }
  const { NODE_OPTIONS = '', NODE_V8_COVERAGE } = process.env
  if (
    NODE_V8_COVERAGE !== undefined ||
    WATCHED.test(`${process.execArgv.join(' ')} ${NODE_OPTIONS}`)
  )
    return
  const version = cachedDataVersionTag()
  const file = cacheFile(import.meta.dirname, `${name}-${version}`)
  if (file === null) return
  const kept = readCache(file)
  const fresh = new Map<string, { readonly source: string; readonly script: Script }>()
  compileWith(import.meta.dirname, (path, source) => {
    const found = kept.get(path)
    const isKept = found !== undefined && isOf(found, source)
    const script = scriptOf(path, source, isKept ? found.code : undefined)
    if (script.cachedDataRejected !== false) fresh.set(path, { source, script })
    return script
  })
  write = () => {
    // With the flags of now, nobody would take what is written.
    if (fresh.size === 0 || cachedDataVersionTag() !== version) return
    for (const [path, { source, script }] of fresh) {
      kept.set(path, keptCode(source, script.createCachedData()))
    }
    fresh.clear()
    writeCache(file, kept)
  }
  process.once('exit', write)
}

/** Writes what was compiled for the first time; for a process that may be killed, or changes V8's flags. */
export function writeCompiledCode(): void {
  write()
}
