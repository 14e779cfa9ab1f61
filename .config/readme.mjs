/** Writes what README.md takes from the code: the table of commands, between its marks. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const folder = mkdtempSync(join(tmpdir(), 'migrate-tui-readme-'))
try {
  const outfile = join(folder, 'command-table.mjs')
  await build({
    absWorkingDir: root,
    entryPoints: ['src/cli/command-table.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
  })
  const { commandTable } = await import(pathToFileURL(outfile).href)
  const readme = join(root, 'README.md')
  const text = readFileSync(readme, 'utf8')
  const marks = /(<!-- commands -->\n)[\s\S]*?(<!-- \/commands -->)/
  if (!marks.test(text)) throw new Error('README.md has no marks for the table of commands.')
  writeFileSync(
    readme,
    text.replace(marks, (_, open, close) => `${open}\n${commandTable()}\n${close}`),
  )
} finally {
  rmSync(folder, { recursive: true, force: true })
}
