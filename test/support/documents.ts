/** Documents of every kind around one text, to hold how they are shown to rules. */
import type { Table } from '../../src/schema/table.js'
import type {
  ChangeDocument,
  ComparisonDocument,
  CurrentDocument,
  RevisionDocument,
  RunDocument,
  ShowDocument,
} from '../../src/workflows/documents.js'
import type { PlannedStep } from '../../src/runner/events.js'

export function revisionDocument(more: Partial<RevisionDocument> = {}): RevisionDocument {
  return {
    revision: '3f9a1c2b7d4e',
    downRevision: ['1b8e55d0c6aa'],
    dependsOn: [],
    branchLabels: [],
    message: 'Add email to users',
    createdAt: '2026-11-21T09:30:00Z',
    path: 'migrations/20261121_add_email.ts',
    applied: false,
    head: true,
    current: false,
    missing: false,
    failed: null,
    ...more,
  }
}

export function currentDocument(more: Partial<CurrentDocument> = {}): CurrentDocument {
  return {
    database: 'dev.sqlite3',
    dialect: 'sqlite',
    current: ['1b8e55d0c6aa'],
    heads: ['3f9a1c2b7d4e'],
    pending: 1,
    missing: [],
    atHead: false,
    notes: [],
    ...more,
  }
}

export function changeDocument(more: Partial<ChangeDocument> = {}): ChangeDocument {
  return {
    id: '1',
    kind: 'addColumn',
    table: 'users',
    name: 'email',
    summary: 'Add column users.email: varchar(120), not null',
    destructive: false,
    hazards: [],
    up: ['alter table `users` add column `email` varchar(120) not null'],
    down: ['alter table `users` drop column `email`'],
    ...more,
  }
}

export function comparisonDocument(more: Partial<ComparisonDocument> = {}): ComparisonDocument {
  return {
    database: 'dev.sqlite3',
    dialect: 'sqlite',
    upToDate: false,
    changes: [changeDocument()],
    undeclared: [],
    unmanaged: [],
    notes: [],
    renames: [],
    compared: { models: 2, tables: 3, heads: ['3f9a'], current: ['3f9a'] },
    ...more,
  }
}

export function tableOf(name: string): Table {
  const column = {
    name,
    type: { kind: 'native' as const, text: name },
    nullable: true,
    default: { kind: 'sql' as const, text: name },
    generated: null,
    identity: null,
    collation: name,
    comment: name,
  }
  return {
    name,
    columns: [column],
    primaryKey: { name: null, columns: [name] },
    uniques: [],
    indexes: [],
    foreignKeys: [],
    checks: [{ name, sql: name }],
    comment: name,
    options: { [name]: name },
  }
}

/** Documents with `text` in every place where foreign text can stand. */
export function documentsAround(text: string): {
  readonly revision: RevisionDocument
  readonly current: CurrentDocument
  readonly show: ShowDocument
  readonly comparison: ComparisonDocument
  readonly run: RunDocument
  readonly planned: PlannedStep
} {
  const hazard = { code: 'H01', message: text, rows: 1 }
  const revision = revisionDocument({
    revision: text,
    downRevision: [text, text],
    dependsOn: [text],
    branchLabels: [text],
    message: text,
    createdAt: text,
    path: text,
    current: true,
  })
  return {
    revision,
    current: currentDocument({ database: text, current: [text], heads: [text] }),
    show: {
      ...revision,
      operations: [text],
      statements: { up: [text], down: [text] },
      unforeseen: { up: text, down: text },
      checksum: 'c',
      recorded: {
        state: 'applied',
        appliedAt: text,
        durationMs: 1,
        checksum: 'd',
        toolVersion: text,
        by: text,
        hazards: [text],
      },
    },
    comparison: comparisonDocument({
      database: text,
      changes: [
        changeDocument({ table: text, name: text, summary: text, hazards: [hazard] }),
        changeDocument({ table: null, name: text, kind: 'dropEnum', destructive: true }),
      ],
      undeclared: [{ table: text, column: text, type: text }],
      unmanaged: [text],
      notes: [{ code: 'N', message: text, where: text }],
      renames: [{ kind: 'column', from: text, to: text, score: 1, evidence: [text], flag: text }],
    }),
    run: {
      from: [text],
      to: [text],
      steps: [{ revision: text, direction: 'up', status: 'applied', durationMs: 1, statements: 1 }],
      durationMs: 1,
      backup: text,
      sql: null,
      notes: [],
    },
    planned: {
      revision: text,
      message: text,
      direction: 'up',
      statements: [text],
      hazards: [{ ...hazard, class: 'losesData', object: text }],
      destructive: true,
      unforeseen: text,
    },
  }
}
