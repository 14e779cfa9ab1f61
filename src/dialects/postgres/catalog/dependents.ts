/** What stands in the way of changing a column's type or making it anew, and how it is put aside and back. */
import type { Row } from '../../connection.js'
import type { PostgresConnection } from '../connection/session.js'
import { BEFORE_QUESTIONS } from './catalog.js'
import type { Dependents } from '../emit/survey.js'
import { readConsistently } from './read-consistently.js'
import { quote, quoteText, splitName } from '../names.js'
import { flag, text, textOrNull } from './rows.js'
import { viewKind, viewName, viewsOn, viewsQuery, viewTexts } from './views-aside.js'

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
