-- ---- people ----

-- access_person_row (email_key text)
--   -> one (id int, email text, name text, created_at int, closed_at int?)
-- The person with that address.
select p.id, p.email, p.name, p.created_at, p.closed_at from person p where p.email_key = :email_key;

-- access_person_by_id (id int)
--   -> one (id int, email text, name text, created_at int, closed_at int?)
-- One person.
select p.id, p.email, p.name, p.created_at, p.closed_at from person p where p.id = :id;

-- access_person_rows (after text, at_most int)
--   -> many (id int, email text, email_key text, name text, created_at int, closed_at int?)
-- Everybody by address, those behind a given one.
select p.id, p.email, p.email_key, p.name, p.created_at, p.closed_at
from person p where p.email_key > :after
order by p.email_key limit :at_most;

-- access_person_insert (id int, email text, email_key text, name text, now int) -> changes
-- Adds a person. An address that is there already changes no row.
insert into person (id, email, email_key, name, created_at)
values (:id, :email, :email_key, :name, :now)
on conflict (email_key) do nothing;

-- access_person_set_name (id int, name text) -> changes
-- Another name for a person.
update person set name = :name where id = :id and name <> :name;

-- access_person_set_email (id int, email text, email_key text) -> changes
-- Another address for a person.
update person set email = :email, email_key = :email_key where id = :id;

-- access_person_set_closed (id int, closed_at int?) -> changes
-- Closes an account, or opens it again.
update person set closed_at = :closed_at where id = :id;

-- ---- roles ----

-- access_grant_rows (person_id int, day text, at_most int)
--   -> many (id int, role text, level text, area text, area_name text?, from_on text,
--            until_on text?, works_as int?)
-- The roles that a person has on a day, and which of them the person chose to work as. Reads
-- organisation and organisation_record.
select g.id, g.role, g.level, g.area, r.name as area_name, g.from_on, g.until_on, p.works_as
from access_grant g
join person p on p.id = g.person_id
left join organisation o on o.code = g.area
left join organisation_record r on r.organisation_id = o.id and r.dropped_by is null
where g.person_id = :person_id and g.from_on <= :day and (g.until_on is null or g.until_on > :day)
order by g.id limit :at_most;

-- access_grant_insert (id int, person_id int, role text, level text, area text, from_on text,
--   until_on text?, now int, granted_by int?) -> changes
-- Gives a role.
insert into access_grant (id, person_id, role, level, area, from_on, until_on, granted_at,
                          granted_by)
values (:id, :person_id, :role, :level, :area, :from_on, :until_on, :now, :granted_by);

-- access_grant_count_same (person_id int, role text, area text, day text) -> one (grants int)
-- How often a person has a role in an area on a day.
select count(*) from access_grant g
where g.person_id = :person_id and g.role = :role and g.area = :area and g.from_on <= :day
  and (g.until_on is null or g.until_on > :day);

-- access_grant_row (id int)
--   -> one (person_id int, role text, level text, area text, from_on text, until_on text?)
-- One role, whether it counts or not.
select g.person_id, g.role, g.level, g.area, g.from_on, g.until_on
from access_grant g where g.id = :id;

-- access_holder_rows (role text, area text, day text, at_most int)
--   -> many (person_id int, email text, name text)
-- Who has a role in an area on a day.
select p.id as person_id, p.email, p.name
from access_grant g join person p on p.id = g.person_id
where g.area = :area and g.role = :role and g.from_on <= :day
  and (g.until_on is null or g.until_on > :day) and p.closed_at is null
order by g.id limit :at_most;

-- access_grant_end (id int, day text) -> changes
-- A role counts no more from that day on.
update access_grant set until_on = :day
where id = :id and (until_on is null or until_on > :day);

-- access_area_row (code text) -> one (id int, name text, stands_for text)
-- An organisation by its code. Reads organisation, organisation_kind and organisation_record.
select o.id, r.name, k.stands_for
from organisation o
join organisation_record r on r.organisation_id = o.id and r.dropped_by is null
join organisation_kind k on k.code = r.kind
where o.code = :code and r.state <> 'closed';

-- access_person_works_as (id int, grant_id int?) -> changes
-- The role that a person chose to work as.
update person set works_as = :grant_id where id = :id;

-- ---- codes ----

-- access_code_load_of_email (email_key text, hour_at int, day_at int) -> one (hour int, day int)
-- How many codes were asked for an address since two times.
select count(*) filter (where c.created_at > :hour_at), count(*)
from access_code c where c.email_key = :email_key and c.created_at > :day_at;

-- access_code_load_of_address (address text, since_at int) -> one (asked int, wrong int)
-- How many codes a caller asked for since a time, and how many he typed wrong.
select count(*),
       cast(coalesce(sum(c.tries - case when c.used_at is null then 0 else 1 end), 0) as bigint)
from access_code c where c.address = :address and c.created_at > :since_at;

-- access_code_insert (id int, email_key text, browser text, address text, goes_to text, now int,
--   expires_at int) -> changes
-- Somebody wants to sign in.
insert into access_code (id, email_key, browser, address, goes_to, created_at, expires_at)
values (:id, :email_key, :browser, :address, :goes_to, :now, :expires_at);

-- access_code_row (id int)
--   -> one (email_key text, browser text, code_hash text?, expires_at int, used_at int?)
-- One code.
select c.email_key, c.browser, c.code_hash, c.expires_at, c.used_at
from access_code c where c.id = :id;

-- access_code_rows (browser text, at_most int)
--   -> many (id int, email_key text, goes_to text, code_hash text?, expires_at int, tries int,
--            used_at int?)
-- What was asked for in a browser, the newest first.
select c.id, c.email_key, c.goes_to, c.code_hash, c.expires_at, c.tries, c.used_at
from access_code c where c.browser = :browser
order by c.created_at desc, c.id desc limit :at_most;

-- access_code_set_hash (id int, code_hash text) -> changes
-- The code was made. A second one is never made.
update access_code set code_hash = :code_hash where id = :id and code_hash is null;

-- access_code_note_wrong (browser text, email_key text, now int) -> changes
-- A code was typed that is none of those a browser has for an address.
update access_code set tries = tries + 1
where browser = :browser and email_key = :email_key and used_at is null and expires_at > :now;

-- access_code_note_right (browser text, email_key text, now int) -> changes
-- The right code was typed: neither it nor another for the same address is of use any more.
update access_code set tries = tries + 1, used_at = :now
where browser = :browser and email_key = :email_key and used_at is null;

-- access_code_purge (before int) -> changes
-- Removes what is too old for any use.
delete from access_code where created_at < :before;

-- access_secret_get () -> one (secret text)
-- The key of the hashes of codes.
select secret from access_secret where id = 1;

-- access_secret_add (secret text, now int) -> changes
-- Keeps a key unless there is one already.
insert into access_secret (id, secret, made_at) values (1, :secret, :now)
on conflict (id) do nothing;

-- ---- a person's own data: see access_privacy.c ----

-- access_person_copy (person_id int, at_most int)
--   -> many (name text, email text, created_at int, closed_at int?)
-- The account of a person.
select p.name, p.email, p.created_at, p.closed_at from person p
where p.id = :person_id limit :at_most;

-- access_person_erase (person_id int, now int) -> changes
-- An account without a name or an address: what it did stays under its number.
update person
set name = 'Someone who has left', email = '', email_key = 'erased-' || cast(id as text),
    works_as = null, closed_at = coalesce(closed_at, :now)
where id = :person_id and email <> '';

-- access_person_retain (before int, at_most int) -> changes
-- The same for accounts that were closed before a time. Reads privacy_hold.
-- scans person - once a night, and closed accounts are few
update person
set name = 'Someone who has left', email = '', email_key = 'erased-' || cast(id as text),
    works_as = null
where id in (select p.id from person p
             where p.closed_at < :before and p.email <> ''
               and not exists (select 1 from privacy_hold h
                               where h.released_at is null and h.person_id = p.id)
               and not exists (select 1 from privacy_hold h
                               where h.released_at is null and h.email_key = p.email_key)
             limit :at_most);

-- access_grant_copy (person_id int, at_most int)
--   -> many (role text, where_it_counts text, area text, from_on text, until_on text?)
-- The roles that a person has or had.
select g.role, g.level as where_it_counts, g.area, g.from_on, g.until_on from access_grant g
where g.person_id = :person_id order by g.id limit :at_most;

-- access_grant_retain (before_on text, at_most int) -> changes
-- Roles that ended before a day go. Reads privacy_hold.
-- scans access_grant - once a night, and ended roles are few
delete from access_grant
where id in (select g.id from access_grant g
             where g.until_on < :before_on
               and not exists (select 1 from person p where p.works_as = g.id and p.id = g.person_id)
               and not exists (select 1 from privacy_hold h
                               where h.released_at is null and h.person_id = g.person_id)
               and not exists (select 1 from privacy_hold h
                               where h.released_at is null and h.code = g.area)
             limit :at_most);

-- access_grants_end (person_id int, day text) -> changes
-- All roles of a person end.
update access_grant set until_on = :day
where person_id = :person_id and (until_on is null or until_on > :day);

-- access_code_copy (email_key text, at_most int)
--   -> many (asked_at int, ends_at int, used_at int?)
-- The codes that were asked for an address, without the codes.
select c.created_at as asked_at, c.expires_at as ends_at, c.used_at from access_code c
where c.email_key = :email_key order by c.created_at limit :at_most;

-- access_code_erase (email_key text) -> changes
-- Codes that were asked for an address go.
delete from access_code where email_key = :email_key;
