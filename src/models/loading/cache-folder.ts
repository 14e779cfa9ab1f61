/** Where things that can be made again are kept between runs. */
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { nodeCrypto } from '../../node-crypto.js'

/**
 * Where bundles of files below `folder` go: `.cache/migrate-tui` in the nearest `node_modules` above
 * it, so that packages are found from there as from the sources; else a folder for temporary files
 * that leads to that `node_modules`.
 */
export function cacheFolder(folder: string): string {
  const modules = nearestModules(folder)
  if (modules !== null) {
    const place = join(modules, '.cache', 'migrate-tui')
    try {
      mkdirSync(place, { recursive: true })
      const probe = join(place, `probe-${nodeCrypto().randomUUID()}`)
      writeFileSync(probe, '')
      rmSync(probe)
      return realpathSync(place)
    } catch {
      // Read-only, as in many containers.
    }
  }
  const place = temporaryFolder(modules ?? folder)
  const link = join(place, 'node_modules')
  if (modules !== null && lstatSync(link, { throwIfNoEntry: false }) === undefined) {
    symlinkSync(modules, link, 'junction')
  }
  return realpathSync(place)
}

function nearestModules(folder: string): string | null {
  const modules = join(folder, 'node_modules')
  if (statSync(modules, { throwIfNoEntry: false })?.isDirectory() === true) return modules
  const parent = dirname(folder)
  return parent === folder ? null : nearestModules(parent)
}

/** A folder that only this user can write to, since what lies in it is run. */
function temporaryFolder(purpose: string): string {
  const user = process.getuid?.() ?? 'user'
  const digest = nodeCrypto().createHash('sha256').update(purpose).digest('hex').slice(0, 8)
  const place = join(tmpdir(), `migrate-tui-${user}-${digest}`)
  mkdirSync(place, { recursive: true, mode: 0o700 })
  const stats = lstatSync(place)
  const isOurs = stats.isDirectory() && (typeof user === 'string' || stats.uid === user)
  if (!isOurs) return mkdtempSync(join(tmpdir(), 'migrate-tui-'))
  chmodSync(place, 0o700)
  return realpathSync(place)
}
