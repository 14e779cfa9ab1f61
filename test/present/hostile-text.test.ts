import fc from 'fast-check'
import { expect, test } from 'vitest'
import { comparisonLines } from '../../src/present/comparison-lines.js'
import { failureLines, warningLines } from '../../src/present/failure-lines.js'
import { historyLines } from '../../src/present/history-lines.js'
import { lookOf } from '../../src/present/look.js'
import type { Look } from '../../src/present/look.js'
import { planLines } from '../../src/present/plan-lines.js'
import { currentLines, headLines, showLines } from '../../src/present/revision-lines.js'
import { eventLines, runLines, stampLines } from '../../src/present/run-lines.js'
import { schemaLines } from '../../src/present/schema-lines.js'
import {
  editLines,
  initLines,
  templateLines,
  verifyLines,
  writtenLines,
} from '../../src/present/written-lines.js'
import { documentsAround, tableOf } from '../support/documents.js'

const terminal = lookOf({ colour: false, unicode: true }, 80)
const coloured = lookOf({ colour: true, unicode: true }, 80)
const pipe = lookOf({ colour: false, unicode: true }, null)

const list = { verbose: false, indicateCurrent: true, graph: false }

/** Everything that is shown, around one foreign text. */
function everything(text: string, look: Look): readonly string[] {
  const { revision, current, show, comparison, run, planned } = documentsAround(text)
  const written = { revision: text, path: text, changes: comparison.changes }
  const failure = { code: 'X', message: text, why: text, fix: text, state: text, stack: text }
  const started = {
    kind: 'stepStarted',
    message: text,
    direction: 'up',
    index: 1,
    of: 1,
    onlyAdds: true,
  } as const
  return [
    ...historyLines([revision], { ...list, graph: true }, look),
    ...historyLines([revision], { ...list, verbose: true }, look),
    ...historyLines([revision], list, look),
    ...headLines([revision], false, look),
    ...currentLines(current, true, look),
    ...showLines(show, look),
    ...comparisonLines(comparison, look),
    ...planLines([planned], look),
    ...runLines(run, look),
    ...stampLines({ from: [text], to: [text], sql: null }),
    ...eventLines({ ...started, revision: text }, true, look),
    ...eventLines({ kind: 'statement', revision: text, sql: text, quick: false }, true, look),
    ...eventLines({ kind: 'waiting', for: text, sinceMs: 1 }, true, look),
    ...eventLines({ kind: 'backup', path: text, bytes: 1 }, true, look),
    ...schemaLines(
      { dialect: 'sqlite', tables: [tableOf(text)], enums: [{ name: text, values: [text] }] },
      look,
    ),
    ...writtenLines(written, look),
    ...editLines(revision, look),
    ...initLines({ written: [text], notes: [text] }, look),
    ...verifyLines(
      {
        ok: false,
        findings: [{ code: 'V', revision: text, message: text, fix: text }],
        notes: [{ code: 'N', message: text, where: text }],
      },
      look,
    ),
    ...templateLines([{ name: text, description: text }], look),
    ...failureLines(failure, look),
    ...warningLines(text, look),
  ]
}

const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom('\u001b[2J', 'a\rb', 'a\nb', '\u202eabc', '\u001b]52;c;x\u0007', '\u009b31m'),
)

test('no foreign text steers the terminal, wherever it stands', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      for (const line of [...everything(text, pipe), ...everything(text, terminal)]) {
        expect(line).not.toMatch(/[\p{Cc}\u200b-\u200f\u202a-\u202e\u2066-\u2069]/u)
      }
      for (const line of everything(text, coloured)) {
        expect(line.replace(/\u001b\[\d+m/g, '')).not.toMatch(/\p{Cc}/u)
      }
    }),
  )
})
