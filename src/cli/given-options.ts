/** Turns what was typed into the options that the workflows take. */
import { readFill, readRename } from '../answer-word.js'
import { MigrateError } from '../errors.js'
import { parseDuration } from '../project/duration.js'
import type {
  FillAnswer,
  HeadsOptions,
  HistoryOptions,
  InitOptions,
  MergeOptions,
  MigrateOptions,
  RenameAnswer,
  RevisionOptions,
  RunOptions,
  StampOptions,
} from '../workflows/options.js'
import type { CommandLine } from './command-line.js'

/** Whether a switch was given. */
export function isGiven(line: CommandLine, name: string): boolean {
  return line.given[name] === true
}

/** An option's value; null where it was not given. */
export function valueOf(line: CommandLine, name: string): string | null {
  const value = line.given[name]
  return typeof value === 'string' ? value : null
}

/** The values of an option that may be repeated, in order. */
function valuesOf(line: CommandLine, name: string): readonly string[] {
  const value = line.given[name]
  return Array.isArray(value) ? value.map(String) : []
}

/** `-x key=value` as an object. @throws MigrateError `USAGE` */
export function variablesOf(line: CommandLine): Readonly<Record<string, string>> {
  return Object.fromEntries(
    valuesOf(line, 'set').map((text) => {
      const at = text.indexOf('=')
      if (at < 1) throw wrong(`-x ${text}`, 'a key and a value', '-x tenant=acme')
      return [text.slice(0, at), text.slice(at + 1)]
    }),
  )
}

export function initOptions(line: CommandLine): InitOptions {
  return { template: valueOf(line, 'template'), directory: valueOf(line, 'directory') }
}

export function migrateOptions(line: CommandLine): MigrateOptions {
  return {
    message: valueOf(line, 'message'),
    sql: isGiven(line, 'sql'),
    head: valueOf(line, 'head') ?? 'head',
    splice: isGiven(line, 'splice'),
    branchLabel: valueOf(line, 'branchLabel'),
    versionPath: valueOf(line, 'versionPath'),
    revId: valueOf(line, 'revId'),
    dependsOn: valuesOf(line, 'dependsOn'),
    renames: valuesOf(line, 'rename').map(renameAnswer),
    fills: valuesOf(line, 'fill').map(fillAnswer),
    dropUnmanaged: valuesOf(line, 'dropUnmanaged'),
    partial: isGiven(line, 'partial'),
    edit: isGiven(line, 'edit'),
    plan: isGiven(line, 'plan'),
    // They take time, and only the document shows them.
    statements: isGiven(line, 'json'),
  }
}

export function revisionOptions(line: CommandLine): RevisionOptions {
  return { ...migrateOptions(line), autogenerate: isGiven(line, 'autogenerate') }
}

export function mergeOptions(line: CommandLine): MergeOptions {
  return {
    revisions: line.words.length === 0 ? ['heads'] : line.words,
    message: valueOf(line, 'message'),
    branchLabel: valueOf(line, 'branchLabel'),
    revId: valueOf(line, 'revId'),
    splice: isGiven(line, 'splice'),
  }
}

/** `target` is where to go without an argument. */
export function runOptions(line: CommandLine, target: string): RunOptions {
  const timeout = valueOf(line, 'lockTimeout')
  const lockTimeout = timeout === null ? null : parseDuration(timeout)
  if (timeout !== null && lockTimeout === null) {
    throw wrong(`--lock-timeout ${timeout}`, 'a time', '--lock-timeout 3s')
  }
  return {
    target: line.words[0] ?? target,
    sql: isGiven(line, 'sql'),
    tag: valueOf(line, 'tag'),
    dryRun: isGiven(line, 'dryRun'),
    step: isGiven(line, 'step'),
    commitsEach: false,
    allowDestructive: isGiven(line, 'allowDestructive'),
    allowDestructiveRevisions: valuesOf(line, 'allowDestructiveRev'),
    backup: line.given.backup !== false,
    lockTimeout,
    limit: null,
    expected: null,
  }
}

export function stampOptions(line: CommandLine): StampOptions {
  return {
    revisions: line.words.length === 0 ? ['head'] : line.words,
    sql: isGiven(line, 'sql'),
    tag: valueOf(line, 'tag'),
    purge: isGiven(line, 'purge'),
  }
}

export function headsOptions(line: CommandLine): HeadsOptions {
  return {
    verbose: isGiven(line, 'verbose'),
    resolveDependencies: isGiven(line, 'resolveDependencies'),
  }
}

export function historyOptions(line: CommandLine): HistoryOptions {
  return {
    range: valueOf(line, 'revRange'),
    verbose: isGiven(line, 'verbose'),
    indicateCurrent: isGiven(line, 'indicateCurrent'),
    graph: isGiven(line, 'graph'),
  }
}

function renameAnswer(text: string): RenameAnswer {
  const answer = readRename(text)
  if (answer !== null) return answer
  throw wrong(`--rename ${text}`, 'the old name and the new one', '--rename users.name:full_name')
}

function fillAnswer(text: string): FillAnswer {
  const answer = readFill(text)
  if (answer !== null) return answer
  throw wrong(`--fill ${text}`, 'a column and an SQL expression', '--fill users.level=0')
}

function wrong(typed: string, allowed: string, example: string): MigrateError {
  return new MigrateError('USAGE', 2, `${typed} is not ${allowed}.`, {
    fix: `For example: ${example}.`,
  })
}
