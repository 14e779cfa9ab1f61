/** Finishes the text of a bundle: its modules become known to the tracker, and know where their source is. */
import { dirname, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { TRACKER_KEY } from './tracker.js'

/**
 * What esbuild puts for names that differ from source to source, and `finishBundle` fills in: a
 * bundle would otherwise give its own folder for all of them.
 */
export const PLACES: Readonly<Record<string, string>> = {
  __dirname: 'migrateTuiPlace_dirname',
  __filename: 'migrateTuiPlace_filename',
  'import.meta.dirname': 'migrateTuiPlace_dirname',
  'import.meta.filename': 'migrateTuiPlace_filename',
  'import.meta.url': 'migrateTuiPlace_url',
}

/** The bundle's text, line for line as it was. `inputs` are esbuild's names, relative to `root`. */
export function finishBundle(
  text: string,
  root: string,
  inputs: Readonly<Record<string, unknown>>,
): string {
  return withTracking(withPlaces(text, root, inputs))
}

/**
 * esbuild wraps each module in `__esm({ "src/a.ts"() {…} })` or `__commonJS(…)`, which run it once.
 * Where a later esbuild calls them differently, modules go untracked and nothing else changes.
 */
function withTracking(text: string): string {
  const tracker = `globalThis[${JSON.stringify(TRACKER_KEY)}]`
  return text.replace(
    /^var __(esm|commonJS) = /gm,
    (_, kind: string) =>
      `var __${kind} = (modules) => migrateTui_${kind}(${tracker}.wrap(modules)), migrateTui_${kind} = `,
  )
}

function withPlaces(text: string, root: string, inputs: Readonly<Record<string, unknown>>): string {
  let source = root
  return text.replace(
    /^\/\/ (.+)$|\bmigrateTuiPlace_(dirname|filename|url)\b/gm,
    (match, input: string | undefined, place: string | undefined) => {
      if (input !== undefined && Object.hasOwn(inputs, input)) source = resolve(root, input)
      if (place === undefined) return match
      const value =
        place === 'url'
          ? pathToFileURL(source).href
          : place === 'dirname'
            ? dirname(source)
            : source
      return JSON.stringify(value)
    },
  )
}
