/** Sets a project up: copies a template, and never writes over what is there. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { MigrateError, messageOf } from '../errors.js'
import type { ProjectFolder } from '../project/project.js'
import type { InitDocument } from './documents.js'
import type { Io } from './io.js'
import type { InitOptions } from './options.js'
import { TEMPLATES, templateFolder } from './writing/templates.js'

/**
 * Copies a template into the working directory. Files that are there stay as they are and are
 * named in the notes.
 * @throws MigrateError `TEMPLATE_UNKNOWN` (exit 2), `FILE_NOT_WRITTEN` where disk or rights refuse
 */
export function init(folder: ProjectFolder, options: InitOptions, _io: Io): Promise<InitDocument> {
  const template = options.template ?? templateFor(folder.root)
  if (!TEMPLATES.some(({ name }) => name === template)) throw unknownTemplate(template)
  const written: string[] = []
  const notes: string[] = []
  if (folder.configPath !== null) {
    notes.push(keptConfig(path.basename(folder.configPath), options.directory))
  }
  for (const file of filesIn(templateFolder(template))) {
    const to = file.to(options.directory)
    const target = path.resolve(folder.root, to)
    if (file.isConfig && folder.configPath !== null) continue
    if (existsSync(target)) {
      notes.push(`${to} is there already and was not touched.`)
      continue
    }
    try {
      mkdirSync(path.dirname(target), { recursive: true })
      writeFileSync(target, file.text(folder.root, options.directory), { flag: 'wx' })
    } catch (thrown) {
      throw notWritten(target, written, thrown)
    }
    written.push(to)
  }
  return Promise.resolve({ written, notes })
}

const MIGRATIONS = 'migrations'

interface TemplateFile {
  readonly isConfig: boolean
  to(directory: string | null): string
  text(root: string, directory: string | null): string
}

function filesIn(folder: string): readonly TemplateFile[] {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .toSorted()
  return names.map((name) => ({
    isConfig: path.basename(name).startsWith('migrate-tui.config.') || name.startsWith('knexfile.'),
    to: (directory) =>
      directory !== null && name.startsWith(`${MIGRATIONS}/`)
        ? path.join(directory, name.slice(MIGRATIONS.length + 1))
        : name,
    text(root, directory) {
      const text = readFileSync(path.join(folder, name), 'utf8')
      const placed =
        directory === null ? text : text.replaceAll(`./${MIGRATIONS}`, () => quotable(directory))
      return isModule(root) ? placed : asCommonJs(placed, name)
    },
  }))
}

/** A folder as the configuration names it, between single quotes. */
function quotable(directory: string): string {
  const normal = path.normalize(directory)
  const place = path.isAbsolute(normal) ? normal : `./${normal}`
  return place.replaceAll(/[\\']/g, String.raw`\$&`)
}

function keptConfig(name: string, directory: string | null): string {
  const kept = `${name} is there already and is used as it is`
  return directory === null
    ? `${kept}.`
    : `${kept}: new scripts go where its \`migrations\` says, so name ${directory} there.`
}

function notWritten(target: string, before: readonly string[], thrown: unknown): MigrateError {
  return new MigrateError('FILE_NOT_WRITTEN', 1, `${target} could not be written.`, {
    why: messageOf(thrown),
    fix: 'Make room, or make the folder writable for this user, then run the command again.',
    state:
      before.length === 0 ? 'Nothing was written.' : `Written before that: ${before.join(', ')}.`,
    details: { path: target, written: before },
    cause: thrown,
  })
}

/** The template as the project is written: TypeScript where there is a tsconfig. */
function templateFor(root: string): string {
  return existsSync(path.join(root, 'tsconfig.json')) ? 'typescript' : 'javascript'
}

function isModule(root: string): boolean {
  try {
    const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
      readonly type?: unknown // the project's own file
    }
    return manifest.type === 'module'
  } catch {
    return false
  }
}

/**
 * The templates are written as modules; a CommonJS project gets the same JavaScript in its own
 * words, in the examples of a text too: a model that is copied from there has to load.
 */
function asCommonJs(text: string, name: string): string {
  if (name.endsWith('.js')) return codeAsCommonJs(text)
  return text.replaceAll(/^```js\n[^]*?^```$/gm, codeAsCommonJs)
}

function codeAsCommonJs(code: string): string {
  return code
    .replace(/^export default /m, 'module.exports = ')
    .replaceAll(/^import (.+) from ('.+')$/gm, 'const $1 = require($2)')
    .replaceAll(/^export class (\w+)/gm, 'exports.$1 = class $1')
}

function unknownTemplate(name: string): MigrateError {
  return new MigrateError('TEMPLATE_UNKNOWN', 2, `There is no template ${name}.`, {
    fix: `Choose one of ${TEMPLATES.map((template) => template.name).join(', ')}.`,
  })
}
