/** Keeps bundles on disk for as long as none of the files that went into them has changed. */
import { readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { ModuleType } from './package-type.js'
import { settingsOf } from './source-settings.js'
import { nodeCrypto } from '../../node-crypto.js'

/** A bundle as it stands on disk. */
export interface StoredBundle {
  readonly path: string
  readonly mapPath: string
  readonly format: ModuleType
}

/** What a bundle is made of. */
export interface BundleParts {
  readonly text: string
  readonly map: string
  readonly format: ModuleType
  /** Absolute names of everything that was read to make it. */
  readonly inputs: readonly string[]
}

interface Manifest {
  /** Size and modification time in ms; null for what must not exist. */
  readonly stamps: Readonly<Record<string, string | null>>
  readonly name: string
  readonly format: ModuleType
}

/** Rises with every change to how bundles are made. */
const VERSION = 1

/** A bundle nobody asked for in that many ms gives way to its successor. */
const OLD = 600_000

/** The key of the bundle of `files` in the cache `folder`. */
export function bundleKey(root: string, folder: string, files: readonly string[]): string {
  const parts = [String(VERSION), esbuildVersion(), process.versions.node, root, folder, ...files]
  return nodeCrypto().createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 16)
}

/** The bundle, unless a file that went into it has changed, or it was never stored. */
export function readBundle(folder: string, key: string): StoredBundle | null {
  const manifest = readManifest(join(folder, `${key}.json`))
  if (manifest === null) return null
  const isFresh = Object.entries(manifest.stamps).every(([file, stamp]) => stampOf(file) === stamp)
  const bundle = storedAt(folder, manifest.name, manifest.format)
  return isFresh && stampOf(bundle.path) !== null ? bundle : null
}

/** Stores a bundle; with `key: null` only for this process, which removes it. */
export function writeBundle(folder: string, key: string | null, parts: BundleParts): StoredBundle {
  const digest = nodeCrypto().createHash('sha256').update(parts.text).digest('hex').slice(0, 16)
  const name = key === null ? `once-${nodeCrypto().randomUUID()}` : `${key}-${digest}`
  const bundle = storedAt(folder, name, parts.format)
  writeWhole(bundle.mapPath, parts.map)
  writeWhole(bundle.path, parts.text)
  if (key === null) return bundle
  const watched = [...parts.inputs, ...settingsOf(parts.inputs)]
  const stamps = Object.fromEntries(watched.map((file) => [file, stampOf(file)]))
  const manifest: Manifest = { stamps, name, format: parts.format }
  writeWhole(join(folder, `${key}.json`), JSON.stringify(manifest))
  removeOld(folder, key, name)
  return bundle
}

function storedAt(folder: string, name: string, format: ModuleType): StoredBundle {
  const path = join(folder, `${name}.${format === 'esm' ? 'mjs' : 'cjs'}`)
  return { path, mapPath: `${path}.map`, format }
}

/** Other processes read these files: they see all of one or none of it. */
function writeWhole(path: string, text: string): void {
  const unfinished = `${path}.${nodeCrypto().randomUUID()}`
  writeFileSync(unfinished, text)
  renameSync(unfinished, path)
}

function removeOld(folder: string, key: string, kept: string): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name)
    const isOurs = name.startsWith(`${key}-`) || name.startsWith('once-')
    if (!isOurs || name.startsWith(kept)) continue
    const stats = statSync(path, { throwIfNoEntry: false })
    if (stats !== undefined && Date.now() - stats.mtimeMs > OLD) rmSync(path, { force: true })
  }
}

function readManifest(path: string): Manifest | null {
  try {
    // Our own file, whole by the way it is written; a damaged one fails the checks that follow.
    return JSON.parse(readFileSync(path, 'utf8')) as Manifest
  } catch {
    return null
  }
}

function stampOf(file: string): string | null {
  const stats = statSync(file, { throwIfNoEntry: false })
  return stats === undefined ? null : `${stats.size} ${stats.mtimeMs}`
}

function esbuildVersion(): string {
  const manifest: unknown = createRequire(import.meta.url)('esbuild/package.json')
  const hasVersion = typeof manifest === 'object' && manifest !== null && 'version' in manifest
  return hasVersion ? String(manifest.version) : ''
}
