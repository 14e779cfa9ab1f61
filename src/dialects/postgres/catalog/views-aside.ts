/** Views that depend on columns: how they are found, and made again with all that stands on them. */
import type { Row } from '../../connection.js'
import { quote, quoteText } from '../names.js'
import { flag, text, textOrNull, texts } from './rows.js'

/** The views on the target and on each other, as `view` with how far each is from it. */
export function viewsOn(target: string): string {
  return `with recursive target as (${target}), view(oid, depth) as (
      select r.ev_class, 1 from target t join pg_depend d on d.refclassid = 'pg_class'::regclass and d.refobjid = t.rel and d.refobjsubid = t.num
        join pg_rewrite r on d.classid = 'pg_rewrite'::regclass and d.objid = r.oid join pg_class c on c.oid = r.ev_class where c.relkind in ('v', 'm')
      union select r.ev_class, v.depth + 1 from view v join pg_depend d on d.refclassid = 'pg_class'::regclass and d.refobjid = v.oid
        join pg_rewrite r on d.classid = 'pg_rewrite'::regclass and d.objid = r.oid join pg_class c on c.oid = r.ev_class
        where r.ev_class <> v.oid and v.depth < 64 and c.relkind in ('v', 'm'))`
}

/** Views in an order in which each can be made after those before it. */
export function viewsQuery(target: string): string {
  return `${viewsOn(target)} select n.nspname as schema, c.relname as name, c.relkind = 'm' as is_materialized, c.relispopulated as is_populated,
      rtrim(pg_get_viewdef(c.oid), '; ') as definition, array_to_string(c.reloptions, ', ') as options,
      quote_ident(pg_get_userbyid(c.relowner)) as owner, obj_description(c.oid, 'pg_class') as comment,
      coalesce((select json_agg(said order by step, said) from (${viewRights()}) rights), '[]') as grants,
      coalesce((select json_agg(said order by num, said) from (${viewColumns()}) columns), '[]') as columns,
      coalesce((select json_agg(said order by step, id) from (${viewParts()}) parts), '[]') as parts
    from (select oid, max(depth) as depth from view group by oid) v join pg_class c on c.oid = v.oid
    join pg_namespace n on n.oid = c.relnamespace order by v.depth, c.oid`
}

/** What stands on a view `c`: indexes, rules, triggers, what is said of them, by which it is clustered. */
function viewParts(): string {
  const view = `quote_ident(n.nspname), quote_ident(c.relname)`
  const index = `pg_index i join pg_class ic on ic.oid = i.indexrelid where i.indrelid = c.oid`
  const rule = `pg_rewrite r where r.ev_class = c.oid and r.rulename <> '_RETURN'`
  const trigger = `pg_trigger g where g.tgrelid = c.oid and not g.tgisinternal`
  const said = (object: string): string => `obj_description(${object})`
  return `select 1 as step, ic.oid as id, pg_get_indexdef(ic.oid) as said from ${index}
    union all select 2, ic.oid, format('comment on index %I.%I is %L', n.nspname, ic.relname, ${said(`ic.oid, 'pg_class'`)})
      from ${index} and ${said(`ic.oid, 'pg_class'`)} is not null
    union all select 2, ic.oid, format('alter materialized view %s.%s cluster on %I', ${view}, ic.relname) from ${index} and i.indisclustered
    union all select 3, r.oid, rtrim(pg_get_ruledef(r.oid), '; ') from ${rule}
    union all select 4, r.oid, format('comment on rule %I on %s.%s is %L', r.rulename, ${view}, ${said(`r.oid, 'pg_rewrite'`)})
      from ${rule} and ${said(`r.oid, 'pg_rewrite'`)} is not null
    union all select 5, g.oid, pg_get_triggerdef(g.oid) from ${trigger}
    union all select 6, g.oid, format('comment on trigger %I on %s.%s is %L', g.tgname, ${view}, ${said(`g.oid, 'pg_trigger'`)})
      from ${trigger} and ${said(`g.oid, 'pg_trigger'`)} is not null`
}

/**
 * What gives a view `c` made anew the rights that it had. One that is made has those of default
 * privileges (manual, ALTER DEFAULT PRIVILEGES), and all for its owner, who may have had fewer.
 */
function viewRights(): string {
  const view = `quote_ident(n.nspname), quote_ident(c.relname)`
  const role = (oid: string): string =>
    `case ${oid} when 0 then 'public' else quote_ident(pg_get_userbyid(${oid})) end`
  const isLimited = `(c.relacl is not null and exists (select k.privilege_type from aclexplode(acldefault('r', c.relowner)) k
      except select k.privilege_type from aclexplode(c.relacl) k where k.grantee = c.relowner))`
  return `select 1 as step, format('revoke all on %s.%s from %s', ${view}, ${role('u.grantee')}) as said
      from (select distinct k.grantee from pg_default_acl a cross join aclexplode(a.defaclacl) k
        where a.defaclobjtype = 'r' and a.defaclrole = (select oid from pg_roles where rolname = current_user)
          and a.defaclnamespace in (0, n.oid) and k.grantee <> c.relowner
        union select c.relowner where ${isLimited}) u
    union all select 2, format('grant %s on %s.%s to %s%s', x.privilege_type, ${view}, ${role('x.grantee')},
        case when x.is_grantable then ' with grant option' else '' end)
      from aclexplode(c.relacl) x where x.grantee <> c.relowner or ${isLimited}`
}

/** What is said of the single columns of a view `c`: rights, comments, defaults. */
function viewColumns(): string {
  const view = `quote_ident(n.nspname), quote_ident(c.relname)`
  const columnsWith = (joined: string): string =>
    `from pg_attribute a ${joined} where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped`
  return `select a.attnum as num, format('grant %s (%I) on %s.%s to %s%s', x.privilege_type, a.attname, ${view},
        case x.grantee when 0 then 'public' else quote_ident(pg_get_userbyid(x.grantee)) end,
        case when x.is_grantable then ' with grant option' else '' end) as said
      ${columnsWith('cross join aclexplode(a.attacl) x')} and x.grantee <> c.relowner
    union all select a.attnum, format('comment on column %s.%s.%I is %L', ${view}, a.attname, col_description(c.oid, a.attnum))
      ${columnsWith('')} and col_description(c.oid, a.attnum) is not null
    union all select a.attnum, format('alter view %s.%s alter column %I set default %s', ${view}, a.attname, pg_get_expr(v.adbin, v.adrelid))
      ${columnsWith('join pg_attrdef v on v.adrelid = a.attrelid and v.adnum = a.attnum')}
    union all select a.attnum, format('alter materialized view %s.%s alter column %I set statistics %s', ${view}, a.attname, a.attstattarget)
      ${columnsWith('')} and a.attstattarget >= 0 and c.relkind = 'm'`
}

/** The word for a view in statements. */
export function viewKind(row: Row): string {
  return flag(row, 'is_materialized') ? 'materialized view' : 'view'
}

/** The name of a view, quoted, with its schema. */
export function viewName(row: Row): string {
  return `${quote(text(row, 'schema'))}.${quote(text(row, 'name'))}`
}

/** The statements that make a view again as it was. */
export function viewTexts(row: Row): readonly string[] {
  const kind = viewKind(row)
  const options = textOrNull(row, 'options')
  const rows = flag(row, 'is_materialized') && !flag(row, 'is_populated') ? ' with no data' : ''
  const comment = textOrNull(row, 'comment')
  return [
    `create ${kind} ${viewName(row)}${options === null ? '' : ` with (${options})`} as ${text(row, 'definition').trim()}${rows}`,
    `alter ${kind} ${viewName(row)} owner to ${text(row, 'owner')}`,
    ...texts(row, 'parts'),
    ...texts(row, 'grants'),
    ...texts(row, 'columns'),
    ...(comment === null ? [] : [`comment on ${kind} ${viewName(row)} is ${quoteText(comment)}`]),
  ]
}
