/** Where the process that loads models begins. */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { startEarly } from '../../models/start-child.js'

/** Starts that process for the models that will be asked for. */
export function expectModels(): void {
  startEarly(modelsChild())
}

/** Its entry: in `dist` beside this, or built from a checkout whose tests run this source. */
export function modelsChild(): string {
  const beside = fileURLToPath(new URL('models-child.cjs', import.meta.url))
  return existsSync(beside)
    ? beside
    : fileURLToPath(new URL('../../../dist/models-child.cjs', import.meta.url))
}
