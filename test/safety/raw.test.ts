import { describe, expect, test } from 'vitest'
import { hazardsOfRaw } from '../../src/safety/raw.js'

const codes = (sql: string): readonly string[] =>
  hazardsOfRaw({ text: sql }).map((hazard) => hazard.code)

describe('a raw statement that loses data is found', () => {
  test.each([
    ['drop table users', 'H01', 'users'],
    ['DROP TABLE IF EXISTS "my users"', 'H01', 'my users'],
    ['-- why\n/* so */ drop table app.users cascade', 'H01', 'app.users'],
    ['alter table users drop column age', 'H02', 'users'],
    ['alter table `users` drop age', 'H02', 'users'],
    ['truncate table users', 'H05', 'users'],
    ['truncate users', 'H05', 'users'],
    ['delete from users', 'H05', 'users'],
    ['delete from users;', 'H05', 'users'],
    ['drop schema app cascade', 'H03', 'app'],
  ])('%s', (sql, code, object) => {
    const [hazard] = hazardsOfRaw({ text: sql })
    expect(hazard?.code).toBe(code)
    expect(hazard?.object).toBe(object)
    expect(hazard?.class).toBe('losesData')
  })
})

describe('a raw statement that loses nothing is let through', () => {
  test.each([
    'insert into users (name) values (?)',
    'update users set name = upper(name)',
    "insert into log (text) values ('drop table users')",
    'delete from users where id = 1',
    'alter table users add column age integer',
    'alter table users drop constraint users_age_check',
    'alter table users alter column age drop not null',
    'alter table users drop index by_age',
    'create table drop_table_users (id integer)',
    'create view v as select 1',
    'drop view v',
    'drop index by_age',
  ])('%s', (sql) => {
    expect(codes(sql)).toEqual([])
  })
})

describe('a statement among others in one text', () => {
  test.each<[string, readonly string[]]>([
    ['select 1; drop table users', ['H01']],
    ['drop table users; drop table posts;', ['H01', 'H01']],
    ['-- first\nselect 1;\n/* then; */ truncate users;', ['H05']],
    ["insert into log values ('a; drop table users'); select 1", []],
    ['insert into "a; drop table users" values (1)', []],
    ['create table t (a int); -- drop table users', []],
    ['drop /* the old */ table users', ['H01']],
    ['with gone as (delete from users returning *) insert into old select * from gone', ['H05']],
    ['with gone as (delete from users where id = 1 returning *) select * from gone', []],
    ['delete from only users', ['H05']],
  ])('%s', (sql, expected) => {
    expect(codes(sql)).toEqual(expected)
  })
})

test('strings are read as the client spells them', () => {
  const text = String.raw`insert into t values ('it\'); drop table users; --')`
  const escaping = { backslashEscapes: true, doubleQuotedStrings: true }
  expect(codes(text)).toEqual(['H01'])
  expect(hazardsOfRaw({ text, spelling: escaping })).toEqual([])
})

describe('a block of PostgreSQL', () => {
  test.each<[string, readonly string[]]>([
    ['do $$ begin drop table users; end $$', ['H01']],
    ['do $x$ declare n int; begin if n > 1 then delete from users; end if; end $x$', ['H05']],
    ["do $$ begin update users set name = 'a;b'; end $$", []],
    ["do $$ begin execute 'drop table ' || quote_ident('users'); end $$", ['H00']],
    ['create function f() returns void language plpgsql as $$ begin drop table users; end $$', []],
  ])('%s', (sql, expected) => {
    expect(codes(sql)).toEqual(expected)
  })
})

describe('a statement of a call that is not known', () => {
  const codesOf = (text: string): readonly string[] =>
    hazardsOfRaw({ text, unknownCall: 'alterTable users' }).map(({ code }) => code)

  test.each([
    'create view v as select 1',
    'create or replace view v as select 1',
    'drop materialized view v',
    'alter table users add column age integer',
    'comment on table users is null',
  ])('makes or tells: %s', (sql) => {
    expect(codesOf(sql)).toEqual([])
  })

  test.each([
    ['cluster users', 'H00'],
    ['create or replace table users (a int)', 'H00'],
    ['select forget_all()', 'H00'],
    ['drop extension citext cascade', 'H00'],
    ['alter table users alter column age type smallint', 'H00'],
    ['alter table users add a int, modify b tinyint', 'H00'],
    ['update users set name = null', 'H00'],
    ['alter table users drop column age', 'H02'],
    ['drop table users', 'H01'],
  ])('may lose: %s', (sql, code) => {
    expect(codesOf(sql)).toEqual([code])
  })
})
