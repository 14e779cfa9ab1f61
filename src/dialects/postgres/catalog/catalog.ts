/**
 * The questions to the catalogs, one statement each however many tables there are. Only pg_catalog: the
 * views of information_schema join in ways that take 50 times as long.
 */
import type { Row } from '../../connection.js'
import type { SplitName } from '../names.js'
import { quoteText } from '../names.js'

/** Which tables to ask about. */
export type Wanted =
  /** All of the schemas on the search path, and of these. */
  | { readonly kind: 'schemas'; readonly schemas: readonly string[] }
  /** These tables; `schema: null` is the default schema. */
  | { readonly kind: 'tables'; readonly tables: readonly SplitName[] }

export interface CatalogQueries {
  readonly relations: string
  readonly columns: string
  readonly constraints: string
  readonly indexes: string
  readonly sequences: string
  readonly types: string
  readonly triggers: string
}

/** The answers to all questions, by question. */
export interface Catalog {
  readonly defaultSchema: string
  readonly rows: Readonly<Record<keyof CatalogQueries, readonly Row[]>>
}

const PATH = "string_to_array(current_setting('migrate_tui.path'), chr(1))"

/** A search path may name the system's own schemas, whose tables are nobody's. */
const NO_SYSTEM = "n.nspname not in ('pg_catalog', 'information_schema')"

/**
 * What comes before the questions: the search path is kept for them, and then only pg_catalog is on it,
 * so that no object of the user's stands for one of the system's, and so that names are printed in one
 * way. Time zone and styles too, since literals are printed in them.
 */
export const BEFORE_QUESTIONS: readonly string[] = [
  "select set_config('migrate_tui.path', array_to_string(current_schemas(false), chr(1)), true) as path",
  `select set_config(name, value, true) from (values ('search_path', 'pg_catalog'), ('timezone', 'UTC'),
    ('datestyle', 'ISO, YMD'), ('intervalstyle', 'postgres'), ('bytea_output', 'hex'),
    ('extra_float_digits', '1'), ('quote_all_identifiers', 'off'), ('plan_cache_mode', 'force_generic_plan')) s(name, value)`,
]

/** The path that the first statement of `BEFORE_QUESTIONS` gave, in order. */
export function pathOf(text: unknown): readonly string[] {
  return typeof text === 'string' && text !== '' ? text.split('\u0001') : []
}

/** The names of ordinary tables on the search path, the schema first. */
export const TABLE_NAMES = `select n.nspname as schema, c.relname as name, n.nspname = current_schema() as is_default
  from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p') and n.nspname = any (current_schemas(false)) and ${NO_SYSTEM} order by c.oid`

/** The questions with their keys, for a server of this version (`server_version_num`). */
export function questionsAbout(
  wanted: Wanted,
  version: number,
): readonly (readonly [keyof CatalogQueries, string])[] {
  const queries = catalogQueries(wanted, version)
  return QUESTIONS.map((key) => [key, queries[key]])
}

const QUESTIONS = [
  'relations',
  'columns',
  'constraints',
  'indexes',
  'sequences',
  'types',
  'triggers',
] as const

function catalogQueries(wanted: Wanted, version: number): CatalogQueries {
  const of = relationFilter(wanted)
  return {
    relations: `select c.oid::int8 as oid, n.nspname as schema, c.relname as name, c.relkind as kind,
        c.relpersistence = 'u' as unlogged, c.relispartition as is_partition, array_to_string(c.reloptions, ', ') as options,
        obj_description(c.oid, 'pg_class') as comment,
        exists (select 1 from pg_inherits h where h.inhrelid = c.oid) as inherits,
        (select e.extname from pg_depend d join pg_extension e on e.oid = d.refobjid
          where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e' limit 1) as extension,
        case when c.relkind in ('v', 'm') then pg_get_viewdef(c.oid) end as view
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p', 'v', 'm', 'f') and ${of} order by c.oid`,
    columns: `select a.attrelid::int8 as oid, a.attnum as number, a.attname as name,
        format_type(a.atttypid, a.atttypmod) as type, t.typtype = 'e' as is_enum, a.attnotnull as not_null,
        a.attidentity as identity, a.attgenerated as generated, pg_get_expr(d.adbin, d.adrelid) as value,
        case when a.attcollation <> t.typcollation then (select collname from pg_collation k where k.oid = a.attcollation) end as collation,
        col_description(a.attrelid, a.attnum) as comment
      from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
      join pg_type t on t.oid = a.atttypid left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
      where c.relkind = 'r' and a.attnum > 0 and not a.attisdropped and ${of} order by a.attrelid, a.attnum`,
    constraints: `select k.conrelid::int8 as oid, k.conname as name, k.contype as kind, to_json(k.conkey) as columns,
        fn.nspname as ref_schema, f.relname as ref_table,
        (select json_agg(a.attname order by u.at) from unnest(k.confkey) with ordinality u(number, at)
          join pg_attribute a on a.attrelid = k.confrelid and a.attnum = u.number) as ref_columns,
        k.confupdtype as on_update, k.confdeltype as on_delete, k.condeferrable as is_deferrable, k.condeferred as is_deferred,
        case when k.contype = 'c' then pg_get_expr(k.conbin, k.conrelid) end as expression,
        ${version >= 150000 ? 'coalesce(i.indnullsnotdistinct, false)' : 'false'} as nulls_not_distinct
      from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
      left join pg_class f on f.oid = k.confrelid left join pg_namespace fn on fn.oid = f.relnamespace
      left join pg_index i on i.indexrelid = k.conindid and k.contype = 'u'
      where c.relkind = 'r' and k.contype in ('p', 'u', 'f', 'c', 'x') and k.conparentid = 0 and ${of} order by k.oid`,
    indexes: `select i.indrelid::int8 as oid, x.relname as name, m.amname as method, i.indisunique as is_unique, i.indisvalid as is_valid,
        to_json(i.indkey::int2[]) as keys, i.indnkeyatts as key_count, to_json(i.indoption::int2[]) as options,
        pg_get_expr(i.indpred, i.indrelid) as predicate, ${version >= 150000 ? 'i.indnullsnotdistinct' : 'false'} as nulls_not_distinct,
        case when i.indexprs is not null then (select json_agg(pg_get_indexdef(i.indexrelid, g, false) order by g)
          from generate_series(1, i.indnkeyatts) g) end as expressions,
        (select json_agg(case when not o.opcdefault then o.opcname end order by u.at)
          from unnest(i.indclass::oid[]) with ordinality u(id, at) join pg_opclass o on o.oid = u.id) as opclasses,
        (select json_agg(case when u.id <> a.attcollation or a.attnum is null and u.id not in (0, 100) and not exists
            (select 1 from pg_attribute o where o.attrelid = i.indrelid and o.attcollation = u.id) then k.collname end order by u.at)
          from unnest(i.indcollation::oid[]) with ordinality u(id, at) left join pg_collation k on k.oid = u.id
          left join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[u.at::int - 1] and a.attnum > 0) as collations
      from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
      join pg_class x on x.oid = i.indexrelid join pg_am m on m.oid = x.relam
      where c.relkind = 'r' and ${of} and not exists (select 1 from pg_constraint k
        where k.conrelid = i.indrelid and k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x')) order by i.indexrelid`,
    sequences: `select d.refobjid::int8 as oid, d.refobjsubid as number, sn.nspname as schema, s.relname as name
      from pg_depend d join pg_class s on s.oid = d.objid join pg_namespace sn on sn.oid = s.relnamespace
      join pg_class c on c.oid = d.refobjid join pg_namespace n on n.oid = c.relnamespace
      where d.classid = 'pg_class'::regclass and d.refclassid = 'pg_class'::regclass and d.refobjsubid > 0
        and d.deptype in ('a', 'i') and s.relkind = 'S' and c.relkind = 'r' and ${of}`,
    types: `select n.nspname as schema, t.typname as name, t.typtype as kind, format_type(t.oid, null) as spelling,
        (select json_agg(e.enumlabel order by e.enumsortorder) from pg_enum e where e.enumtypid = t.oid) as labels
      from pg_type t join pg_namespace n on n.oid = t.typnamespace
      where t.typtype in ('e', 'd') and ${NO_SYSTEM} and n.nspname !~ '^pg_toast'
        and not exists (select 1 from pg_depend d where d.classid = 'pg_type'::regclass and d.objid = t.oid and d.deptype = 'e')
      order by t.oid`,
    triggers: `select n.nspname as schema, c.relname as table_name, g.tgname as name
      from pg_trigger g join pg_class c on c.oid = g.tgrelid join pg_namespace n on n.oid = c.relnamespace
      where not g.tgisinternal${version >= 130000 ? ' and g.tgparentid = 0' : ''} and ${of} order by g.oid`,
  }
}

/** Tables are asked for by parameters, so that their questions can be prepared once. */
function relationFilter(wanted: Wanted): string {
  if (wanted.kind === 'schemas') {
    const more = wanted.schemas.map(quoteText).join(', ')
    return `(n.nspname = any (${PATH}) and ${NO_SYSTEM}${more === '' ? '' : ` or n.nspname in (${more})`})`
  }
  return `(n.nspname, c.relname) in (select coalesce(u.schema, (${PATH})[1]), u.name from unnest($1, $2) u(schema, name))`
}

/** The values of those parameters, in parentheses. */
export function tableParameters(tables: readonly SplitName[]): string {
  const list = (texts: readonly (string | null)[]): string =>
    `array[${texts.map((text) => (text === null ? 'null' : quoteText(text))).join(', ')}]::text[]`
  return `(${list(tables.map(({ schema }) => schema))}, ${list(tables.map(({ bare }) => bare))})`
}
