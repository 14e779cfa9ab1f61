/** The kinds of change that a person makes to models. */
import type { ChangeKind } from './change-kind.js'
import { COLUMN_KINDS } from './column-kinds.js'
import { CONSTRAINT_KINDS } from './constraint-kinds.js'

export const CHANGE_KINDS: readonly ChangeKind[] = [...COLUMN_KINDS, ...CONSTRAINT_KINDS]
