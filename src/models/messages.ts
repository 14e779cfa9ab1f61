/** What crosses between the parent, which asks for models, and the child, which loads them: plain data only. */
import type { LoadedModels } from '../schema/desired.js'

/**
 * A value that cannot cross processes (a predicate, a Knex configuration with functions in it): the
 * child loads `file` itself, takes its default export, calls it with `context` if it is a function,
 * and follows `steps` from there.
 */
export interface LocatedValue {
  /** Absolute. */
  readonly file: string
  readonly steps: readonly (string | number)[]
  readonly context: Readonly<Record<string, unknown>>
}

/** Where models are, and which of the classes found there are meant. */
export interface ModelFiles {
  /** Folders, files, module paths, globs or packages; relative ones are relative to `root`. */
  readonly paths: readonly string[]
  /** A function from a class to whether it is meant; null takes every class. */
  readonly predicate: LocatedValue | null
}

export type ModelLoader = 'esbuild' | 'jiti' | 'tsx'

export interface ModelsToRead {
  /** Absolute: file names in results are relative to it, and it is the child's working directory. */
  readonly root: string
  readonly selections: readonly ModelFiles[]
  /** Folders or globs that are left out, such as those of the revision scripts. */
  readonly exclude: readonly string[]
  readonly knex: {
    /** Knex's name of the client: `better-sqlite3`. */
    readonly client: string
    /** Absolute: where `knex` is looked up. */
    readonly folder: string
    /** Only needed where it has functions (`wrapIdentifier`); null is a configuration of the client alone. */
    readonly config: LocatedValue | null
  }
  /** Null chooses: esbuild, and jiti for what it cannot load. */
  readonly loader: ModelLoader | null
}

export interface ModelsRequest extends ModelsToRead {
  /** The child's entry, absolute. */
  readonly childPath: string
  /** Milliseconds without any progress after which the file being loaded is given up; 30,000 unless given. */
  readonly timeout?: number
  readonly signal?: AbortSignal
}

/** Something that ended or blocked an earlier child: it is not tried again. */
export interface KnownBad {
  /** Relative to `root`. */
  readonly file: string
  /** The class whose description did not return; null where loading the file itself did not. */
  readonly model: string | null
}

export interface ChildRequest extends ModelsToRead {
  readonly knownBad: readonly KnownBad[]
  /** Loads imported files before their importers, so that the file being loaded is the one at fault. */
  readonly importedFirst: boolean
  /** What to set in the child's environment, or unset (null), before anything of the project's runs. */
  readonly environment: Readonly<Record<string, string | null>>
}

export type Answer =
  | { readonly kind: 'result'; readonly loaded: LoadedModels }
  /** Something that the configuration names for more than models could not be used. */
  | {
      readonly kind: 'refused'
      readonly what: string
      readonly reason: string
      readonly fix: string
    }
  /** A fault of ours. */
  | { readonly kind: 'fault'; readonly stack: string }

/** The only message of a child: its answer, or how many bytes of it are in the shared file, as JSON. */
export type ChildMessage = Answer | { readonly kind: 'written'; readonly bytes: number }

/** The child's number of the file that it shares with its parent. */
export const SHARED_FD = 4

/** What the child is doing, written at once as a line of JSON: the next thing may be never to return. */
export interface Progress {
  /** The file being loaded, or that of the class being described; null in between. */
  readonly file: string | null
  readonly model: string | null
  /** Whether it can be another module that `file` imports. */
  readonly surely: boolean
}
