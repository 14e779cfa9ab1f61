/** Everything that the screens know. It is only ever replaced, never changed. */
import type { CallName, HostProject } from '../host/calls.js'
import type {
  EffectDocument,
  OverviewDocument,
  ReviewAnswers,
  ReviewDocument,
  ScriptDocument,
  SyntaxProblem,
} from '../workflows/screens/screen-documents.js'
import type { Loaded } from './loaded.js'
import { notLoaded } from './loaded.js'
import type { Popup } from './popups/popup.js'
import type { OutputScreen } from './screens/output/state.js'
import type { LogScreen } from './screens/log/state.js'
import type { PlanScreen } from './screens/plan/state.js'
import type { DiffScreen } from './screens/diff/state.js'
import type { ReviewScreen } from './screens/review/state.js'
import type { TextField } from './text-field.js'

/** Columns and rows of the terminal. */
export interface Size {
  readonly columns: number
  readonly rows: number
}

/** What holds for as long as the program runs. */
export interface StartFacts {
  /** Refuses what changes files or the database. */
  readonly readOnly: boolean
  /** Options that every equal command line needs: `--config x.ts`. */
  readonly commandOptions: readonly string[]
  /** The commands that can be typed, for completion. */
  readonly commands: readonly CommandWords[]
}

/** A command as the command line completes it. */
export interface CommandWords {
  readonly name: string
  readonly summary: string
  readonly options: readonly string[]
  /** What its arguments may be, where that is a fixed list. */
  readonly choices: readonly string[]
  /** Whether its arguments name revisions. */
  readonly takesRevisions: boolean
  /** Whether it changes neither files nor the database. */
  readonly onlyReads: boolean
}

/** The tree, which is under every other screen. */
export interface TreeScreen {
  /** An id; null until there is one. */
  readonly selected: string | null
  readonly top: number
  readonly focus: 'revisions' | 'detail'
  readonly tab: DetailTab
  readonly detailTop: number
  /** Whether the focused pane has the whole width. */
  readonly isZoomed: boolean
  readonly filter: string
  /** The filter while it is typed. */
  readonly field: TextField | null
  readonly scripts: ReadonlyMap<string, Loaded<ScriptDocument>>
  readonly effects: ReadonlyMap<string, Loaded<EffectDocument>>
  /** Pending revisions that lose data, as far as that was looked at. */
  readonly losing: ReadonlySet<string>
  /** Places of calls that tried scripts and were ended for something else. */
  readonly cut: ReadonlySet<string>
  /** Scripts that were saved since the start, the newest last; of very many the newest. */
  readonly touched: readonly string[]
  /** Scripts that do not parse, by path, as far as that was looked at. */
  readonly broken: ReadonlyMap<string, SyntaxProblem>
}

export const DETAIL_TABS = ['script', 'sql', 'effect', 'info'] as const
export type DetailTab = (typeof DETAIL_TABS)[number]

/** A screen over the tree. */
export type Screen = DiffScreen | ReviewScreen | PlanScreen | OutputScreen | LogScreen

/** A call that was not answered yet. */
export interface OpenCall {
  /** Tells an answer from that of an earlier call in the same place. */
  readonly ticket: number
  readonly name: CallName
  /** The process that answers it. */
  readonly lane: 'look' | 'run'
  /** Milliseconds since the epoch. */
  readonly since: number
}

/** A command that was typed, and whose process has not ended. */
export interface RunningCommand {
  /** That of its output's screen. */
  readonly id: number
  readonly words: readonly string[]
  /** The file that its result goes to; null where it is shown. */
  readonly into: string | null
  /** Whether it may change files or the database. */
  readonly changes: boolean
  /** Whether it was told to stop after its revision. */
  readonly isStopping: boolean
}

/** The line above the footer. */
export interface Notice {
  readonly tone: 'good' | 'bad' | 'plain'
  readonly text: string
  /** What it holds for; null where it stays until the next key. */
  readonly holds: NoticeHolds | null
}

/** A notice about something that passes by itself, and which then says what is no longer so. */
export type NoticeHolds =
  /** As long as the key cannot be used for that reason. */
  | { readonly while: 'unavailable'; readonly key: string; readonly why: string }
  /** As long as files and database are being read. */
  | { readonly while: 'reading' }

/** Something that happened, for the log. */
export interface LogEntry {
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly tone: 'good' | 'bad' | 'plain'
  readonly text: string
  /** Statements, or what an error said; one line each. */
  readonly lines: readonly string[]
  /** The command that would do the same; null where there is none. */
  readonly command: string | null
  /** What failed: the path of a script that does not read, a revision that did not run; null elsewhere. */
  readonly about: string | null
  /** Whether that went well since. */
  readonly isOver: boolean
}

export interface AppState {
  readonly size: Size
  readonly start: StartFacts
  /** Milliseconds since the epoch, as of the last tick. */
  readonly now: number
  readonly project: HostProject
  readonly overview: Loaded<OverviewDocument>
  readonly comparison: Loaded<ReviewDocument>
  /** What was answered in the comparison that is shown. */
  readonly answers: ReviewAnswers
  readonly tree: TreeScreen
  /** Over the tree; the last is shown. */
  readonly screens: readonly Screen[]
  /** Over the screen; the last has the keys. */
  readonly popups: readonly Popup[]
  /** The command line while it is typed. */
  readonly commandLine: CommandField | null
  readonly commandHistory: readonly string[]
  readonly notice: Notice | null
  /** Pressed before what it needs was there. */
  readonly kept: KeptKey | null
  /** Oldest first. */
  readonly log: readonly LogEntry[]
  /** How many letters of an id tell the revisions apart. */
  readonly idLength: number
  /** By the place that the answer goes to. */
  readonly calls: ReadonlyMap<string, OpenCall>
  readonly nextTicket: number
  /** How often in a row the process ended that was to answer, by the place of the answer. */
  readonly deaths: ReadonlyMap<string, number>
  /** When each process ended lately that nobody here ended, in milliseconds since the epoch. */
  readonly hostEnds: ReadonlyMap<OpenCall['lane'], readonly number[]>
  /** By id; a command goes on when its screen is closed. */
  readonly commands: ReadonlyMap<number, RunningCommand>
  /** Keys of the person's own, by action. */
  readonly keys: Readonly<Record<string, readonly string[]>>
  /** The exit code to leave with once what is under way is over; null while nobody leaves. */
  readonly leavesWith: number | null
  /** Where every database stood when it was first seen, for the words at the end. */
  readonly firstSeen: ReadonlyMap<string, readonly string[]>
}

/** A key that waits for what is being read. */
export interface KeptKey {
  readonly key: string
  /** Where it was pressed; anywhere else it means something else. */
  readonly screen: 'tree' | Screen['kind']
  /** What it would have run as that was shown; null where it runs nothing. */
  readonly seen: string | null
}

/** The command line: what is typed, and where in the history or the completions it stands. */
export interface CommandField {
  readonly field: TextField
  /** Index into the history from its end; 0 is what is typed. */
  readonly back: number
  readonly typed: string
}

const NO_ANSWERS: ReviewAnswers = { renames: [], apart: [], dropUnmanaged: [] }

/** The state at the start. */
export function startState(
  start: StartFacts,
  {
    project,
    size,
    now,
  }: { readonly project: HostProject; readonly size: Size; readonly now: number },
): AppState {
  return {
    size,
    start,
    now,
    project,
    overview: notLoaded(),
    comparison: notLoaded(),
    answers: NO_ANSWERS,
    tree: {
      selected: null,
      top: 0,
      focus: 'revisions',
      tab: 'script',
      detailTop: 0,
      isZoomed: false,
      filter: '',
      field: null,
      scripts: new Map(),
      effects: new Map(),
      losing: new Set(),
      cut: new Set(),
      touched: [],
      broken: new Map(),
    },
    screens: [],
    popups: [],
    commandLine: null,
    commandHistory: [],
    notice: null,
    kept: null,
    log: [],
    idLength: 0,
    calls: new Map(),
    nextTicket: 1,
    deaths: new Map(),
    hostEnds: new Map(),
    commands: new Map(),
    keys: {},
    leavesWith: null,
    firstSeen: new Map(),
  }
}
