/** What a call does that changes files or the database, while it does it. */
import type { OpenCall } from './state.js'

const WORDS: Readonly<Partial<Record<OpenCall['name'], string>>> = {
  stamp: 'Stamping',
  backUp: 'Copying the database',
}

/** `Stamping`, `Writing`. */
export function workWord(name: OpenCall['name']): string {
  return WORDS[name] ?? 'Writing'
}
