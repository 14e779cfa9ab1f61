/** Folders of scripts, read as the tool reads them. */
import type { ScriptFile, ScriptFolders } from '../../src/scripts/folder.js'
import { readScripts } from '../../src/scripts/folder.js'
import { scriptText } from '../../src/scripts/writing/text.js'
import { folderWith } from './folders.js'
import { scriptOf } from './new-scripts.js'

/** A Knex migration without anything of ours. */
export const PLAIN = 'exports.up = async () => {}\nexports.down = async () => {}\n'

/** A script of ours that does nothing. */
export const ours = (revision: string, downRevision: readonly string[] = []): string =>
  scriptText(scriptOf({}, { revision, downRevision }), null)

const EXTENSIONS = ['.js', '.cjs', '.mjs', '.ts', '.cts', '.mts']

export const scriptsIn = (
  folders: readonly string[],
  given: Partial<ScriptFolders> = {},
  recorded: readonly string[] = [],
): readonly ScriptFile[] =>
  readScripts(
    { folders, loadExtensions: EXTENSIONS, sortDirsSeparately: false, ...given },
    recorded,
  )

export const parentsOf = (
  scripts: readonly ScriptFile[],
): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(scripts.map(({ revision }) => [revision.id, revision.parents]))

export const knexFolder = (...names: readonly string[]): string =>
  folderWith(Object.fromEntries(names.map((name) => [name, PLAIN])))
