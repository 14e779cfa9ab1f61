/** What writing statements has to know, asked of the server. */
import { BEFORE_QUESTIONS } from './catalog.js'
import type { PostgresConnection } from '../connection/session.js'
import { readDependents } from './dependents.js'
import type { EnumColumn, Survey } from '../emit/survey.js'
import { readLiveTables, recallLiveTables } from './introspect.js'
import { readConsistently } from './read-consistently.js'
import { joinName, quote, quoteName, quoteText, splitName } from '../names.js'
import { flag, number, text } from './rows.js'
import { withoutSchema } from './schema-text.js'
import type { Row } from '../../connection.js'

export function catalogSurvey(connection: PostgresConnection): Survey {
  const ask = async (sql: string): Promise<readonly Row[]> =>
    (await readConsistently(connection, [...BEFORE_QUESTIONS, sql])).at(-1) ?? []
  return {
    version: connection.version,
    async defaultSchema() {
      return (await readLiveTables(connection, [])).defaultSchema
    },
    tables: (names) => recallLiveTables(connection, names),
    async exactTables(names) {
      return (await readLiveTables(connection, names)).tables
    },
    async enums() {
      return (await readLiveTables(connection, [])).enums
    },
    async enumColumns(name) {
      const rows = await ask(enumColumnsQuery(name))
      return rows.map((row) => ({
        table: joinName(text(row, 'schema'), text(row, 'table_name'), text(row, 'default_schema')),
        column: text(row, 'column_name'),
        isArray: flag(row, 'is_array'),
      }))
    },
    async enumUsers(name) {
      const rows = await ask(enumUsersQuery(name))
      return rows.map(
        (row) =>
          `${text(row, 'kind')} ${withoutSchema(text(row, 'identity'), text(row, 'default_schema'))}`,
      )
    },
    async freshValues(name) {
      return (await ask(freshValuesQuery(name))).map((row) => text(row, 'label'))
    },
    async countValues(column, values) {
      const [row] = await connection.query(countQuery(column, values))
      return row === undefined ? 0 : number(row, 'n')
    },
    dependents: (table, columns) => readDependents(connection, table, columns),
  }
}

const DEFAULT_SCHEMA = "(string_to_array(current_setting('migrate_tui.path'), chr(1)))[1]"

/** The conditions that find an enum's type as `t` in the schema `n`. */
function isEnum(name: string): string {
  const { schema, bare } = splitName(name)
  const inSchema = schema === null ? DEFAULT_SCHEMA : quoteText(schema)
  return `t.typname = ${quoteText(bare)} and n.nspname = ${inSchema}`
}

function enumColumnsQuery(name: string): string {
  return `select cn.nspname as schema, c.relname as table_name, a.attname as column_name, a.atttypid = t.typarray as is_array,
      ${DEFAULT_SCHEMA} as default_schema
    from pg_type t join pg_namespace n on n.oid = t.typnamespace join pg_attribute a on a.atttypid in (t.oid, t.typarray)
    join pg_class c on c.oid = a.attrelid join pg_namespace cn on cn.oid = c.relnamespace
    where ${isEnum(name)} and c.relkind = 'r' and not a.attisdropped and a.attnum > 0 order by c.oid, a.attnum`
}

/** Functions, domains, casts, composite types and tables that are no plain ones; views stand aside with their columns. */
function enumUsersQuery(name: string): string {
  return `select distinct w.type as kind, w.identity, ${DEFAULT_SCHEMA} as default_schema
    from pg_type t join pg_namespace n on n.oid = t.typnamespace
    join pg_depend d on d.refclassid = 'pg_type'::regclass and d.refobjid in (t.oid, t.typarray) and d.deptype = 'n'
    left join pg_class c on d.classid = 'pg_class'::regclass and c.oid = d.objid
    cross join lateral pg_identify_object(d.classid, d.objid, case when c.relkind = 'c' then d.objsubid else 0 end) w
    where ${isEnum(name)} and (d.classid in ('pg_proc'::regclass, 'pg_type'::regclass, 'pg_cast'::regclass)
      or c.relkind in ('c', 'p', 'f') or c.relispartition) order by 1, 2`
}

/**
 * Values whose row a transaction made that still runs: it is visible, so the transaction is this one.
 * Those that came with the type itself, in one command, can be used (ALTER TYPE in the manual).
 */
function freshValuesQuery(name: string): string {
  const epoch = '(txid_snapshot_xmax(txid_current_snapshot()) >> 32) << 32'
  return `select e.enumlabel as label from pg_enum e join pg_type t on t.oid = e.enumtypid join pg_namespace n on n.oid = t.typnamespace
    where ${isEnum(name)} and e.xmin::text::bigint > 2 and txid_status((${epoch}) + e.xmin::text::bigint) = 'in progress'
      and not (e.xmin = t.xmin and e.cmin = t.cmin)`
}

function countQuery({ table, column, isArray }: EnumColumn, values: readonly string[]): string {
  const list = values.map(quoteText).join(', ')
  const condition = isArray
    ? `${quote(column)}::text[] && array[${list}]::text[]`
    : `${quote(column)}::text in (${list})`
  return `select count(*) as n from ${quoteName(table)} where ${condition}`
}
