/** Our own version, as the history records it. */
import { createRequire } from 'node:module'

/** As our manifest says; it lies beside `dist` in the package, and above `src` in a checkout. */
export const TOOL_VERSION =
  versionIn('../package.json') ?? versionIn('../../package.json') ?? 'unknown'

function versionIn(manifest: string): string | null {
  try {
    const { name, version } = createRequire(import.meta.url)(manifest) as {
      readonly name?: string // our own manifest, or none
      readonly version?: string
    }
    return name === 'migrate-tui' ? (version ?? null) : null
  } catch {
    return null
  }
}
