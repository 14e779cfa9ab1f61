/** The same histories and schemas for Alembic, and what its command does with them. */
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { history, pad, parentOf, revisionId, write } from './generate.mjs'

/** The Python that has Alembic: the one on the path, or the system's; null where neither has it. */
const PYTHON =
  ['python3', '/usr/bin/python3'].find(
    (python) => spawnSync(python, ['-c', 'import alembic']).status === 0,
  ) ?? null

const AUTOGENERATE = ['revision', '--autogenerate', '-m', 'first']

/**
 * What Alembic does of the same, as an entry for each measurement; none where it is not there.
 * @param {{folder: Function, clean: Function, must: Function}} tools those of the benchmark
 */
export function alembicEntries({ folder, clean, must }) {
  const withHistory = (count) => folder(`alembic-${count}`, (at) => alembicHistory(at, count))
  const withModels = (name, count) => folder(`alembic-${name}`, (at) => alembicModels(at, count))
  const entry = (name, cwd, args, before) => ({
    name: `alembic ${name}`,
    ...run(cwd, args),
    before,
  })
  const carryOut = (cwd, ...args) => {
    const { command, env } = run(cwd, args)
    must(command, cwd, env)
  }
  const versions = (cwd) => path.join(cwd, 'versions')
  const forget = (cwd, kept) => {
    for (const file of fs.readdirSync(versions(cwd)))
      if (!kept.includes(file)) fs.rmSync(path.join(versions(cwd), file), { recursive: true })
  }
  const entries = {
    current: (count) => entry('current', withHistory(count), ['current']),
    history: (count) => entry('history', withHistory(count), ['history']),
    upgrade: (count) => {
      const at = withHistory(count)
      return entry('upgrade', at, ['upgrade', 'head'], clean(at, 'dev.sqlite3'))
    },
    first: (count) => {
      const at = withModels('first', count)
      const reset = clean(at, 'dev.sqlite3')
      return entry('revision --autogenerate', at, AUTOGENERATE, () => {
        reset()
        forget(at, [])
      })
    },
    apply: (count) => {
      const at = withModels('apply', count)
      carryOut(at, ...AUTOGENERATE)
      return entry('upgrade', at, ['upgrade', 'head'], clean(at, 'dev.sqlite3'))
    },
    /** Its `check` came with 1.9; to write a revision that turns out empty compares as much. */
    compare: (count) => {
      const at = withModels('compare', count)
      carryOut(at, ...AUTOGENERATE)
      carryOut(at, 'upgrade', 'head')
      const applied = fs.readdirSync(versions(at))
      return entry('revision --autogenerate', at, AUTOGENERATE, () => forget(at, applied))
    },
  }
  return Object.fromEntries(
    Object.entries(entries).map(([name, make]) => [
      name,
      (count) => (PYTHON === null ? [] : [make(count)]),
    ]),
  )
}

function run(cwd, args) {
  return {
    command: [PYTHON, '-m', 'alembic', ...args],
    cwd,
    env: { DB_FILE: path.join(cwd, 'dev.sqlite3') },
  }
}

const ENVIRONMENT = `import os
from alembic import context
from sqlalchemy import create_engine
IMPORT
engine = create_engine("sqlite:///" + os.environ["DB_FILE"])
with engine.connect() as conn:
    context.configure(connection=conn, target_metadata=METADATA)
    with context.begin_transaction():
        context.run_migrations()
`

const TEMPLATE = `"""\${message}"""
from alembic import op
import sqlalchemy as sa
\${imports if imports else ""}
revision = \${repr(up_revision)}
down_revision = \${repr(down_revision)}
branch_labels = \${repr(branch_labels)}
depends_on = \${repr(depends_on)}


def upgrade():
    \${upgrades if upgrades else "pass"}


def downgrade():
    \${downgrades if downgrades else "pass"}
`

function project(folder, { models }) {
  write(folder, 'alembic.ini', '[alembic]\nscript_location = .\nprepend_sys_path = .\n')
  write(folder, 'script.py.mako', TEMPLATE)
  write(
    folder,
    'env.py',
    ENVIRONMENT.replace('IMPORT', models ? 'from models import metadata' : '').replace(
      'METADATA',
      models ? 'metadata' : 'None',
    ),
  )
  write(folder, 'versions/.keep', '')
}

/** The history that `revisionHistory` and `knexHistory` write. */
function alembicHistory(folder, count) {
  project(folder, { models: false })
  history(count).forEach((revision, i) => {
    const { table, column } = revision
    const up =
      column === undefined
        ? `op.create_table('${table}', sa.Column('id', sa.Integer(), primary_key=True), sa.Column('name', sa.String(100), nullable=False))`
        : `op.add_column('${table}', sa.Column('${column}', sa.String(50), nullable=True))`
    const down =
      column === undefined ? `op.drop_table('${table}')` : `op.drop_column('${table}', '${column}')`
    write(
      folder,
      `versions/${revisionId(i)}_step_${i}.py`,
      `"""step ${i}"""\nfrom alembic import op\nimport sqlalchemy as sa\n\nrevision = '${revisionId(i)}'\ndown_revision = ${i === 0 ? 'None' : `'${revisionId(i - 1)}'`}\nbranch_labels = None\ndepends_on = None\n\n\ndef upgrade():\n    ${up}\n\n\ndef downgrade():\n    ${down}\n`,
    )
  })
}

/** The tables that `commonJsModels` declares. */
function alembicModels(folder, tables) {
  project(folder, { models: true })
  const texts = Array.from({ length: tables }, (_, i) => {
    const table = `t_${pad(i)}`
    const key =
      i === 0
        ? ''
        : `, sa.ForeignKey('t_${pad(parentOf(i))}.id', name='fk_${table}_ref', ondelete='CASCADE')`
    return `sa.Table('${table}', metadata,
    sa.Column('id', sa.Integer, primary_key=True),
    sa.Column('name', sa.String(120), nullable=False),
    sa.Column('code', sa.String(40), nullable=False),
    sa.Column('body', sa.Text),
    sa.Column('price', sa.Numeric(12, 2), nullable=False, server_default='0'),
    sa.Column('active', sa.Boolean, nullable=False, server_default=sa.text('1')),
    sa.Column('created_at', sa.DateTime, nullable=False, server_default=sa.func.current_timestamp()),
    sa.Column('meta', sa.JSON),
    sa.Column('qty', sa.Integer, nullable=False),
    sa.Column('ref_id', sa.Integer${key}),
    sa.UniqueConstraint('code', name='uq_${table}_code'),
    sa.Index('ix_${table}_qty', 'qty'))
`
  })
  write(
    folder,
    'models.py',
    `import sqlalchemy as sa\n\nmetadata = sa.MetaData()\n\n${texts.join('')}`,
  )
}
