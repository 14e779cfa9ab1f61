/** Has another compile what Node's loader of CommonJS would: Node 20 takes no code that was kept. */
import Module, { createRequire } from 'node:module'
import { dirname, sep } from 'node:path'
import { Script } from 'node:vm'

/** What is not in Node's types, and what every loader of TypeScript builds on. */
interface Loader {
  readonly prototype: {
    _compile: (this: NodeJS.Module, source: string, path: string, format?: string) => unknown
  }
  _resolveFilename(request: string, from: NodeJS.Module, isMain: boolean, options?: object): string
  _resolveLookupPaths(request: string, from: NodeJS.Module): string[] | null
}

type Wrapped = (
  this: unknown,
  exports: unknown,
  require: NodeJS.Require,
  module: NodeJS.Module,
  path: string,
  folder: string,
) => unknown

const loader = Module as unknown as Loader

/** With what is the same for all modules. */
const ownRequire = createRequire(import.meta.url)

/**
 * What V8 forgets of kept code is what makes `import()` work in it, whatever stands around and inside.
 * A method of that name is none; a type in a comment only costs its file the keeping.
 */
const IMPORTING = /(?<![^.]\.)\bimport\s*(?:\/[*/]|\()/

/**
 * From now on `compile` compiles the CommonJS files below a folder, and those of packages. What it throws
 * at is left to Node, which knows what else a file may be, and says best what is wrong with it.
 */
export function compileWith(
  folder: string,
  compile: (path: string, source: string) => Script,
): void {
  const { prototype } = loader
  const own = prototype._compile
  prototype._compile = function (source, path, format) {
    const isTaken =
      format !== 'module' &&
      (isOfPackage(path) || path.startsWith(folder + sep)) &&
      !IMPORTING.test(source)
    const script = isTaken ? compiled(compile, path, source) : null
    return script === null ? own.call(this, source, path, format) : run(script, this, path)
  }
}

/** What is made of the project's own files lies in a cache of packages, and changes with them. */
function isOfPackage(path: string): boolean {
  return path.includes(`${sep}node_modules${sep}`) && !path.includes(`${sep}.cache${sep}`)
}

function compiled(
  compile: (path: string, source: string) => Script,
  path: string,
  source: string,
): Script | null {
  try {
    return compile(path, source)
  } catch {
    return null
  }
}

/** A file as the function that Node makes of it, in the places that Node tells of. */
export function scriptOf(path: string, source: string, cachedData: Buffer | undefined): Script {
  const [before] = Module.wrap('\n').split('\n')
  return new Script(Module.wrap(source), {
    filename: path,
    columnOffset: -(before?.length ?? 0),
    ...(cachedData === undefined ? {} : { cachedData }),
  })
}

function run(script: Script, module: NodeJS.Module, path: string): unknown {
  const wrapped = script.runInThisContext() as Wrapped // what `Module.wrap` made of the text
  return wrapped.call(
    module.exports,
    module.exports,
    requireOf(module),
    module,
    path,
    dirname(path),
  )
}

/** Node's own `require` of a module. */
function requireOf(module: NodeJS.Module): NodeJS.Require {
  const require = (id: string): unknown => module.require(id)
  const resolve = (request: string, options?: object): string =>
    loader._resolveFilename(request, module, false, options)
  resolve.paths = (request: string) => loader._resolveLookupPaths(request, module)
  return Object.assign(require, ownRequire, { resolve })
}
