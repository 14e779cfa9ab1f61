/** What stands in the way of changing a column's type or making it anew, and how it is put aside and back. */
import type { Row } from '../../dialect.js'
import type { PostgresConnection } from '../connection/session.js'
import { BEFORE_QUESTIONS } from './catalog.js'
import type { Dependents } from '../emit/survey.js'
import { readConsistently } from './read-consistently.js'
import { quote, quoteText, splitName } from '../names.js'
import { flag, text, textOrNull, texts } from './rows.js'

/**
 * The views (and views on views), rules, triggers and policies that depend on columns of a table. The
 * server refuses to change the type under them; their text is kept as it prints it, names with their
 * schemas.
 */
export async function readDependents(
  connection: PostgresConnection,
  table: string,
  columns: readonly string[],
): Promise<Dependents> {
  const { schema, bare } = splitName(table)
  const target = `select a.attrelid as rel, a.attnum as num from pg_attribute a join pg_class c on c.oid = a.attrelid
    join pg_namespace n on n.oid = c.relnamespace where c.relname = ${quoteText(bare)} and a.attname in (${columns.map(quoteText).join(', ')})
    and n.nspname = ${schema === null ? "(string_to_array(current_setting('migrate_tui.path'), chr(1)))[1]" : quoteText(schema)}`
  const answers = await readConsistently(connection, [
    ...BEFORE_QUESTIONS,
    viewsQuery(target),
    rulesQuery(target),
    triggersQuery(target),
    policiesQuery(target),
  ])
  const [views = [], rules = [], triggers = [], policies = []] = answers.slice(
    BEFORE_QUESTIONS.length,
  )
  return {
    drop: [
      ...rules.map((row) => `drop rule ${quote(text(row, 'name'))} on ${text(row, 'on_table')}`),
      ...views.toReversed().map((row) => `drop ${viewKind(row)} ${viewName(row)}`),
      ...triggers.map(
        (row) => `drop trigger ${quote(text(row, 'name'))} on ${text(row, 'on_table')}`,
      ),
      ...policies.map(
        (row) => `drop policy ${quote(text(row, 'name'))} on ${text(row, 'on_table')}`,
      ),
    ],
    restore: [
      ...policies.flatMap(policyTexts),
      ...triggers.flatMap((row) => madeAgain(row, 'trigger')),
      ...views.flatMap(viewTexts),
      ...rules.flatMap((row) => madeAgain(row, 'rule')),
    ],
  }
}

/** The views on the target and on each other, as `view` with how far each is from it. */
function viewsOn(target: string): string {
  return `with recursive target as (${target}), view(oid, depth) as (
      select r.ev_class, 1 from target t join pg_depend d on d.refclassid = 'pg_class'::regclass and d.refobjid = t.rel and d.refobjsubid = t.num
        join pg_rewrite r on d.classid = 'pg_rewrite'::regclass and d.objid = r.oid join pg_class c on c.oid = r.ev_class where c.relkind in ('v', 'm')
      union select r.ev_class, v.depth + 1 from view v join pg_depend d on d.refclassid = 'pg_class'::regclass and d.refobjid = v.oid
        join pg_rewrite r on d.classid = 'pg_rewrite'::regclass and d.objid = r.oid join pg_class c on c.oid = r.ev_class
        where r.ev_class <> v.oid and v.depth < 64 and c.relkind in ('v', 'm'))`
}

/** Views in an order in which each can be made after those before it. */
function viewsQuery(target: string): string {
  return `${viewsOn(target)} select n.nspname as schema, c.relname as name, c.relkind = 'm' as is_materialized, c.relispopulated as is_populated,
      rtrim(pg_get_viewdef(c.oid), '; ') as definition, array_to_string(c.reloptions, ', ') as options,
      quote_ident(pg_get_userbyid(c.relowner)) as owner, obj_description(c.oid, 'pg_class') as comment,
      coalesce((select json_agg(said order by step, said) from (${viewRights()}) rights), '[]') as grants,
      coalesce((select json_agg(said order by num, said) from (${viewColumns()}) columns), '[]') as columns,
      coalesce((select json_agg(pg_get_indexdef(i.indexrelid)) from pg_index i where i.indrelid = c.oid), '[]') as indexes,
      coalesce((select json_agg(pg_get_triggerdef(g.oid)) from pg_trigger g where g.tgrelid = c.oid and not g.tgisinternal), '[]') as triggers,
      coalesce((select json_agg(pg_get_ruledef(r.oid)) from pg_rewrite r where r.ev_class = c.oid and r.rulename <> '_RETURN'), '[]') as rules
    from (select oid, max(depth) as depth from view group by oid) v join pg_class c on c.oid = v.oid
    join pg_namespace n on n.oid = c.relnamespace order by v.depth, c.oid`
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
      ${columnsWith('join pg_attrdef v on v.adrelid = a.attrelid and v.adnum = a.attnum')}`
}

/** Rules of tables that do something with the target or those views; those of views come with them. */
function rulesQuery(target: string): string {
  return `${viewsOn(target)} select r.rulename as name, r.ev_class::regclass::text as on_table, rtrim(pg_get_ruledef(r.oid), '; ') as definition,
      r.ev_enabled as enabled, obj_description(r.oid, 'pg_rewrite') as comment
    from pg_rewrite r join pg_class c on c.oid = r.ev_class where c.relkind in ('r', 'p') and r.oid in (select d.objid from pg_depend d
      where d.classid = 'pg_rewrite'::regclass and d.refclassid = 'pg_class'::regclass
        and ((d.refobjid, d.refobjsubid) in (select rel, num from target) or d.refobjid in (select oid from view))) order by r.oid`
}

function triggersQuery(target: string): string {
  return `select g.tgname as name, g.tgrelid::regclass::text as on_table, pg_get_triggerdef(g.oid) as definition, g.tgenabled as enabled,
      obj_description(g.oid, 'pg_trigger') as comment
    from pg_trigger g where not g.tgisinternal and g.oid in (select d.objid from (${target}) t join pg_depend d
      on d.refclassid = 'pg_class'::regclass and d.refobjid = t.rel and d.refobjsubid = t.num
      where d.classid = 'pg_trigger'::regclass) order by g.oid`
}

function policiesQuery(target: string): string {
  return `select distinct p.polname as name, p.polrelid::regclass::text as on_table, p.polpermissive as is_permissive, p.polcmd as command,
      (select string_agg(case r when 0 then 'public' else quote_ident(pg_get_userbyid(r)) end, ', ') from unnest(p.polroles) r) as roles,
      pg_get_expr(p.polqual, p.polrelid) as condition, pg_get_expr(p.polwithcheck, p.polrelid) as with_check,
      obj_description(p.oid, 'pg_policy') as comment
    from (${target}) t join pg_depend d on d.refclassid = 'pg_class'::regclass and d.refobjid = t.rel and d.refobjsubid = t.num
    join pg_policy p on d.classid = 'pg_policy'::regclass and d.objid = p.oid`
}

function viewKind(row: Row): string {
  return flag(row, 'is_materialized') ? 'materialized view' : 'view'
}

function viewName(row: Row): string {
  return `${quote(text(row, 'schema'))}.${quote(text(row, 'name'))}`
}

function viewTexts(row: Row): readonly string[] {
  const kind = viewKind(row)
  const options = textOrNull(row, 'options')
  const rows = flag(row, 'is_materialized') && !flag(row, 'is_populated') ? ' with no data' : ''
  const comment = textOrNull(row, 'comment')
  return [
    `create ${kind} ${viewName(row)}${options === null ? '' : ` with (${options})`} as ${text(row, 'definition').trim()}${rows}`,
    `alter ${kind} ${viewName(row)} owner to ${text(row, 'owner')}`,
    ...texts(row, 'indexes'),
    ...texts(row, 'rules').map((rule) => rule.replace(/;\s*$/, '')),
    ...texts(row, 'triggers'),
    ...texts(row, 'grants'),
    ...texts(row, 'columns'),
    ...(comment === null ? [] : [`comment on ${kind} ${viewName(row)} is ${quoteText(comment)}`]),
  ]
}

const ENABLED: Readonly<Record<string, string>> = {
  D: 'disable',
  R: 'enable replica',
  A: 'enable always',
}

/** What makes a trigger or a rule of a table again. */
function madeAgain(row: Row, kind: 'trigger' | 'rule'): readonly string[] {
  const table = text(row, 'on_table')
  const name = quote(text(row, 'name'))
  const enabled = ENABLED[text(row, 'enabled')]
  const comment = textOrNull(row, 'comment')
  return [
    text(row, 'definition'),
    ...(enabled === undefined ? [] : [`alter table ${table} ${enabled} ${kind} ${name}`]),
    ...(comment === null
      ? []
      : [`comment on ${kind} ${name} on ${table} is ${quoteText(comment)}`]),
  ]
}

const COMMANDS: Readonly<Record<string, string>> = {
  r: 'select',
  a: 'insert',
  w: 'update',
  d: 'delete',
}

function policyTexts(row: Row): readonly string[] {
  const condition = textOrNull(row, 'condition')
  const check = textOrNull(row, 'with_check')
  const place = `${quote(text(row, 'name'))} on ${text(row, 'on_table')}`
  const comment = textOrNull(row, 'comment')
  const create = [
    `create policy ${place}`,
    `as ${flag(row, 'is_permissive') ? 'permissive' : 'restrictive'}`,
    `for ${COMMANDS[text(row, 'command')] ?? 'all'} to ${text(row, 'roles')}`,
    ...(condition === null ? [] : [`using (${condition})`]),
    ...(check === null ? [] : [`with check (${check})`]),
  ].join(' ')
  return [
    create,
    ...(comment === null ? [] : [`comment on policy ${place} is ${quoteText(comment)}`]),
  ]
}
