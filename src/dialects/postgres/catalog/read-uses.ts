/** What uses tables and columns without being theirs, asked once for the whole database. */
import type { Row } from '../../connection.js'
import type { PostgresConnection } from '../connection/session.js'
import type { Use } from '../emit/uses.js'
import { joinName } from '../names.js'
import { BEFORE_QUESTIONS } from './catalog.js'
import { readConsistently } from './read-consistently.js'
import { flag, text, textOrNull, texts } from './rows.js'
import { withoutSchema } from './schema-text.js'

/** Views, rules, functions, foreign keys, policies, triggers, publications and types on anything of a table. */
export async function readUses(connection: PostgresConnection): Promise<readonly Use[]> {
  const [, , rows = []] = await readConsistently(connection, [...BEFORE_QUESTIONS, USES])
  return rows.map(useOf)
}

function useOf(row: Row): Use {
  const defaultSchema = text(row, 'default_schema')
  const name = (prefix: string): string | null => {
    const bare = textOrNull(row, `${prefix}name`)
    return bare === null ? null : joinName(text(row, `${prefix}schema`), bare, defaultSchema)
  }
  const owner = name('owner_')
  const kind = text(row, 'kind')
  const isView = flag(row, 'is_view')
  const identity = withoutSchema(text(row, 'identity'), defaultSchema)
  return {
    table: name('') ?? '',
    columns: texts(row, 'columns'),
    key: textOrNull(row, 'key'),
    user: isView
      ? `${text(row, 'owner_kind')} ${owner ?? ''}`
      : `${KINDS[kind] ?? kind} ${identity}`,
    owner: isView ? null : owner,
    foreignKey: textOrNull(row, 'foreign_key'),
    view: isView ? owner : null,
    isMovable: isView || MOVABLE.has(kind),
  }
}

const KINDS: Readonly<Record<string, string>> = {
  'table constraint': 'foreign key',
  'default value': 'default',
}

const MOVABLE: ReadonlySet<string> = new Set(['rule', 'trigger', 'policy'])

/**
 * By pg_depend (manual, 52.18): only what depends in the normal way keeps a thing from being dropped.
 * What goes with a column by itself may be used too: its keys and their indexes, its sequence, and
 * with a table the type of its rows.
 */
const USES = `with part as (
    select 'pg_class'::regclass as class, i.indexrelid as id, i.indrelid as rel, i.indkey::int2[] as nums, c.relname as key
      from pg_index i join pg_class c on c.oid = i.indexrelid where i.indisunique
    union all select 'pg_constraint'::regclass, o.oid, o.conrelid, o.conkey, o.conname from pg_constraint o where o.contype in ('p', 'u')
    union all select 'pg_class'::regclass, s.objid, s.refobjid, array[s.refobjsubid]::int2[], c.relname from pg_depend s join pg_class c on c.oid = s.objid
      where c.relkind = 'S' and s.classid = 'pg_class'::regclass and s.refclassid = 'pg_class'::regclass and s.deptype in ('a', 'i')
    union all select 'pg_type'::regclass, t.oid, coalesce(nullif(t.typrelid, 0), e.typrelid), '{}', null
      from pg_type t left join pg_type e on e.oid = t.typelem where coalesce(nullif(t.typrelid, 0), e.typrelid) <> 0
  ), used as (
    select d.classid, d.objid, d.objsubid, d.refobjid as rel, case when d.refobjsubid > 0 then array[d.refobjsubid]::int2[] end as nums, null as key
      from pg_depend d where d.refclassid = 'pg_class'::regclass and d.deptype = 'n'
    union all select d.classid, d.objid, d.objsubid, p.rel, p.nums, p.key
      from part p join pg_depend d on d.refclassid = p.class and d.refobjid = p.id and d.deptype = 'n'
  )
  select distinct n.nspname as schema, c.relname as name, u.key, w.type as kind, w.identity, o.conname as foreign_key,
    (string_to_array(current_setting('migrate_tui.path'), chr(1)))[1] as default_schema,
    coalesce((select json_agg(a.attname) from pg_attribute a where a.attrelid = c.oid and a.attnum = any (u.nums)), '[]')::jsonb as columns,
    ws.nspname as owner_schema, wc.relname as owner_name, coalesce(r.rulename = '_RETURN', false) as is_view,
    case wc.relkind when 'm' then 'materialized view' else 'view' end as owner_kind
  from used u join pg_class c on c.oid = u.rel join pg_namespace n on n.oid = c.relnamespace
  left join pg_rewrite r on u.classid = 'pg_rewrite'::regclass and r.oid = u.objid
  left join pg_policy p on u.classid = 'pg_policy'::regclass and p.oid = u.objid
  left join pg_trigger g on u.classid = 'pg_trigger'::regclass and g.oid = u.objid
  left join pg_constraint o on u.classid = 'pg_constraint'::regclass and o.oid = u.objid
  left join pg_attrdef f on u.classid = 'pg_attrdef'::regclass and f.oid = u.objid
  left join pg_publication_rel b on u.classid = 'pg_publication_rel'::regclass and b.oid = u.objid
  left join pg_class wc on wc.oid = coalesce(r.ev_class, p.polrelid, g.tgrelid, o.conrelid, f.adrelid, b.prrelid)
  left join pg_namespace ws on ws.oid = wc.relnamespace
  cross join lateral pg_identify_object(u.classid, u.objid, u.objsubid) w
  where c.relkind in ('r', 'p', 'v', 'm') and n.nspname <> 'information_schema' and n.nspname !~ '^pg_'
    and not coalesce(g.tgisinternal, false) and coalesce(o.contype, 'f') = 'f' and f.adrelid is distinct from u.rel
    and not (u.classid = 'pg_class'::regclass and u.objid = u.rel) and not (r.oid is not null and r.ev_class = u.rel and r.rulename = '_RETURN')`
