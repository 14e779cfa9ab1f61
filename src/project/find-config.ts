/** Finds the file that configures a project, from a folder upward. */
import { existsSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { MigrateError } from '../errors.js'
import type { ProjectFolder } from './project.js'

/** A configuration of ours, or a knexfile that stands for one. */
export interface FoundConfig {
  readonly path: string
  readonly kind: 'config' | 'knexfile'
}

const CONFIG_NAMES = ['ts', 'mts', 'js', 'mjs', 'cjs'].map((ext) => `migrate-tui.config.${ext}`)

/** Names of knexfiles, in Knex's own order where it has one. */
const KNEXFILE_NAMES = ['js', 'mjs', 'cjs', 'ts', 'mts', 'cts'].map((ext) => `knexfile.${ext}`)

/**
 * The configuration for `cwd`: `named` if given; else the nearest `migrate-tui.config.*` in the
 * folder or above it, else the nearest knexfile; null when there is none.
 * @throws MigrateError `CONFIG_MISSING` where `named` is no file
 */
export function findConfig(cwd: string, named: string | null): FoundConfig | null {
  if (named !== null) return namedConfig(cwd, named)
  const config = searchUpward(cwd, CONFIG_NAMES)
  if (config !== null) return { path: config, kind: 'config' }
  const knexfile = searchUpward(cwd, KNEXFILE_NAMES)
  return knexfile === null ? null : { path: knexfile, kind: 'knexfile' }
}

/** The folder of the nearest configuration, else the working directory; nothing is loaded. */
export function findProjectFolder(cwd: string, config: string | null): ProjectFolder {
  const found = findConfig(cwd, config)
  return found === null
    ? { root: resolve(cwd), configPath: null }
    : { root: dirname(found.path), configPath: found.path }
}

/** The knexfile in a folder itself, or null. */
export function knexfileIn(folder: string): string | null {
  return firstFile(folder, KNEXFILE_NAMES)
}

function namedConfig(cwd: string, named: string): FoundConfig {
  const path = resolve(cwd, named)
  if (!existsSync(path) || !statSync(path).isFile()) {
    throw new MigrateError('CONFIG_MISSING', 2, `There is no configuration file ${path}.`, {
      why: '--config names it.',
      fix: 'Correct the path, or leave --config out to have the file found.',
      details: { path },
    })
  }
  return { path, kind: basename(path).startsWith('knexfile') ? 'knexfile' : 'config' }
}

function searchUpward(start: string, names: readonly string[]): string | null {
  let folder = resolve(start)
  for (;;) {
    const found = firstFile(folder, names)
    if (found !== null) return found
    const parent = dirname(folder)
    if (parent === folder) return null
    folder = parent
  }
}

function firstFile(folder: string, names: readonly string[]): string | null {
  for (const name of names) {
    const path = join(folder, name)
    if (existsSync(path)) return path
  }
  return null
}
