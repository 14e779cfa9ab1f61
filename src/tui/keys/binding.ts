/** A key, what it does, how it is explained and why it cannot be used, in one record. */
import type { AppState } from '../state.js'

export interface Binding<A extends string = string> {
  /** The name by which the configuration's `keys` may give it other keys. */
  readonly action: A
  /** Names of keys; the first is shown. */
  readonly keys: readonly string[]
  /** A sentence without a full stop, for `?`. */
  readonly help: string
  /** One or two words for the footer, of what it does now; null where it is not shown there. */
  readonly short: string | ((app: AppState) => string) | null
  /** Whether the footer leaves it out while it cannot be used: most of the time it is of no use. */
  readonly isRare: boolean
  /** Why it cannot be used now; null where it can. */
  readonly unavailable: ((app: AppState) => string | null) | null
}

interface Words {
  readonly short?: string | ((app: AppState) => string)
  readonly isRare?: boolean
  readonly unavailable?: (app: AppState) => string | null
}

/** A binding; without `short` it is not in the footer. */
export function binding<A extends string>(
  action: A,
  keys: readonly string[],
  help: string,
  { short, isRare, unavailable }: Words = {},
): Binding<A> {
  return {
    action,
    keys,
    help,
    short: short ?? null,
    isRare: isRare ?? false,
    unavailable: unavailable ?? null,
  }
}

/** The binding that a key belongs to, with the person's own keys in place of ours. */
export function boundTo<A extends string>(
  bindings: readonly Binding<A>[],
  key: string,
  own: AppState['keys'],
): Binding<A> | null {
  return bindings.find((one) => keysOf(one, own).includes(key)) ?? null
}

/** The keys of a binding: the person's own, else ours. */
export function keysOf({ action, keys }: Binding, own: AppState['keys']): readonly string[] {
  return own[action] ?? keys
}

const SHOWN: Readonly<Record<string, string>> = {
  up: '↑',
  down: '↓',
  left: '←',
  right: '→',
  escape: 'esc',
  pageUp: 'PgUp',
  pageDown: 'PgDn',
  home: 'Home',
  end: 'End',
}

const SHOWN_ASCII: Readonly<Record<string, string>> = {
  up: 'up',
  down: 'down',
  left: 'left',
  right: 'right',
}

/** A key as a person reads it: `↑`, `esc`, `ctrl-c`. */
export function keyText(key: string, unicode = true): string {
  const name = (unicode ? null : SHOWN_ASCII[key]) ?? SHOWN[key] ?? key
  return name.replace('ctrl+', 'ctrl-').replace('shift+', 'shift-')
}
