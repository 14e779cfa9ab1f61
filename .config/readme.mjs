/** Writes what README.md takes from the code: the tables of commands and keys, between their marks. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
/** What stands between which marks, and what makes it. */
const TABLES = [
  { mark: 'commands', file: 'src/cli/command-table.ts', table: 'commandTable' },
  { mark: 'keys', file: 'src/tui/keys-table.ts', table: 'keysTable' },
]

const folder = mkdtempSync(join(tmpdir(), 'migrate-tui-readme-'))
try {
  let text = readFileSync(join(root, 'README.md'), 'utf8')
  for (const { mark, file, table } of TABLES) {
    const outfile = join(folder, `${mark}.mjs`)
    await build({
      absWorkingDir: root,
      entryPoints: [file],
      outfile,
      bundle: true,
      platform: 'node',
      format: 'esm',
      banner: {
        js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
      },
    })
    const made = await import(pathToFileURL(outfile).href)
    const marks = new RegExp(`(<!-- ${mark} -->\\n)[\\s\\S]*?(<!-- /${mark} -->)`)
    if (!marks.test(text)) throw new Error(`README.md has no marks for the table of ${mark}.`)
    text = text.replace(marks, (_, open, close) => `${open}\n${made[table]()}\n\n${close}`)
  }
  writeFileSync(join(root, 'README.md'), text)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
