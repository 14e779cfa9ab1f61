/** Sets a project up: copies a template, and never writes over what is there. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { MigrateError, messageOf } from '../errors.js'
import { usualModelFolders } from '../project/model-place.js'
import type { Project, ProjectFolder } from '../project/project.js'
import { moduleKind } from '../scripts/loading/package-type.js'
import type { InitDocument } from './documents.js'
import type { Io } from './io.js'
import type { InitOptions } from './options.js'
import { TEMPLATES, templateFolder } from './writing/templates.js'

/** Where a project is to be set up. */
export interface InitPlace {
  readonly folder: ProjectFolder
  /** Loads the configuration that is there. */
  readonly project: () => Promise<Project>
}

/**
 * Copies a template into the working directory. Files that are there stay as they are and are
 * named in the notes; beside a configuration that is there only the folders that it names are made.
 * @throws MigrateError `TEMPLATE_UNKNOWN` and whatever is wrong with that configuration (exit 2), `FILE_NOT_WRITTEN` where disk or rights refuse
 */
export async function init(
  { folder, project }: InitPlace,
  options: InitOptions,
  _io: Io,
): Promise<InitDocument> {
  const { root, configPath } = folder
  const template = options.template ?? templateFor(root)
  if (!TEMPLATES.some(({ name }) => name === template)) throw unknownTemplate(template)
  const files = filesIn(templateFolder(template))
  if (configPath === null) return writeFiles(root, newFiles(files, root, options.directory), [])
  const kept = keptConfig(path.basename(configPath), options.directory)
  try {
    const { database } = await project()
    return writeFiles(root, missingFiles(files, root, options.directory, database), [kept])
  } catch (thrown) {
    if (!(thrown instanceof MigrateError) || thrown.code !== 'DATABASE_UNCHOSEN') throw thrown
    return { written: [], notes: [kept, `No folder was made: ${thrown.message} ${thrown.fix}`] }
  }
}

/** A file to write, relative to the root or absolute. */
interface NewFile {
  readonly to: string
  readonly text: string
}

function newFiles(
  files: readonly TemplateFile[],
  root: string,
  directory: string | null,
): readonly NewFile[] {
  const [place = null, ...others] = new Set(files.flatMap(({ models }) => models ?? []))
  const there = usualModelFolders(root)
  // Models that are somewhere else already stay there: the configuration names that folder.
  const isElsewhere = place !== null && others.length === 0 && !there.includes(place)
  const elsewhere = isElsewhere ? (there[0] ?? null) : null
  return files
    .filter((file) => elsewhere === null || file.models === null)
    .map((file) => ({
      to: file.to(directory),
      text: inFolder(file.text(root, directory), place, elsewhere),
    }))
}

function inFolder(text: string, place: string | null, elsewhere: string | null): string {
  return place === null || elsewhere === null
    ? text
    : text.replaceAll(`'./${place}'`, `'./${elsewhere}'`)
}

/** The folders of scripts that are not there, and a place for models where none is named or known. */
function missingFiles(
  files: readonly TemplateFile[],
  root: string,
  directory: string | null,
  { migrations, models }: Project['database'],
): readonly NewFile[] {
  const folders = directory === null ? migrations.folders : [path.resolve(root, directory)]
  const keepers = folders
    .filter((folder) => migrations.source === null && !existsSync(folder))
    .map((folder) => ({ to: path.relative(root, path.join(folder, '.gitkeep')), text: '' }))
  const examples = files.filter((file) => file.models !== null)
  return [...keepers, ...(models.length === 0 ? newFiles(examples, root, null) : [])]
}

function writeFiles(
  root: string,
  files: readonly NewFile[],
  said: readonly string[],
): InitDocument {
  const written: string[] = []
  const notes = [...said]
  for (const { to, text } of files) {
    const target = path.resolve(root, to)
    if (existsSync(target)) {
      notes.push(`${to} is there already and was not touched.`)
      continue
    }
    try {
      mkdirSync(path.dirname(target), { recursive: true })
      writeFileSync(target, text, { flag: 'wx' })
    } catch (thrown) {
      throw notWritten(target, written, thrown)
    }
    written.push(to)
  }
  return { written, notes }
}

const MIGRATIONS = 'migrations'

interface TemplateFile {
  readonly isConfig: boolean
  /** The folder of models that it stands in, relative to the root; null where it is another's file. */
  readonly models: string | null
  to(directory: string | null): string
  text(root: string, directory: string | null): string
}

function filesIn(folder: string): readonly TemplateFile[] {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .toSorted()
  return names.map((name) => ({
    models: name.endsWith('/README.md') ? path.dirname(name) : null,
    isConfig: path.basename(name).startsWith('migrate-tui.config.') || name.startsWith('knexfile.'),
    to: (directory) =>
      directory !== null && name.startsWith(`${MIGRATIONS}/`)
        ? path.join(directory, name.slice(MIGRATIONS.length + 1))
        : name,
    text(root, directory) {
      const text = readFileSync(path.join(folder, name), 'utf8')
      const placed =
        directory === null ? text : text.replaceAll(`./${MIGRATIONS}`, () => quotable(directory))
      return moduleKind(path.join(root, name)) === 'esm' ? placed : asCommonJs(placed, name)
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
    .replaceAll(/^import\s(.+) from ('.+')$/gm, 'const $1 = require($2)')
    .replaceAll(/^export class (\w+)/gm, 'exports.$1 = class $1')
}

function unknownTemplate(name: string): MigrateError {
  return new MigrateError('TEMPLATE_UNKNOWN', 2, `There is no template ${name}.`, {
    fix: `Choose one of ${TEMPLATES.map((template) => template.name).join(', ')}.`,
  })
}
