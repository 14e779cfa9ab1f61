/** How a file is opened in the person's editor. */

/** The editor's program and words for a file, and the file as the editor is given it. */
export type EditorWords = (
  path: string,
  line: number | null,
) => { readonly command: readonly [string, ...string[]]; readonly file: string }
