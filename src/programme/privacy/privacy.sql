-- ---- holds ----

-- privacy_hold_add (id int, kind text, person_id int?, email_key text?, code text?, reason text,
--   placed_by int, now int) -> changes
-- Places a hold.
insert into privacy_hold (id, kind, person_id, email_key, code, reason, placed_by, placed_at)
values (:id, :kind, :person_id, :email_key, :code, :reason, :placed_by, :now);

-- privacy_hold_get (id int)
--   -> one (kind text, person_id int?, email_key text?, code text?, reason text, released_at int?)
-- One hold.
select h.kind, h.person_id, h.email_key, h.code, h.reason, h.released_at
from privacy_hold h where h.id = :id;

-- privacy_hold_end (id int, released_by int, reason text, now int) -> changes
-- Releases a hold.
update privacy_hold set released_by = :released_by, released_at = :now, released_reason = :reason
where id = :id and released_at is null;

-- privacy_hold_for (person_id int, email_key text, at_most int) -> many (reason text)
-- Why a person is held now.
select h.reason from privacy_hold h
where h.released_at is null and h.person_id = :person_id and :person_id <> 0
union all
select h.reason from privacy_hold h
where h.released_at is null and h.email_key = :email_key
limit :at_most;

-- privacy_hold_named (at_most int) -> many (code text)
-- The organisations and things that are held now.
select h.code from privacy_hold h where h.released_at is null and h.code is not null
limit :at_most;

-- privacy_hold_person (email_key text) -> one (person_id int)
-- The account of an address. Reads person.
select p.id from person p where p.email_key = :email_key;

-- privacy_hold_list (state text optional)
--   -> page (name text, kind text, reason text, placed_at int, state text, released_at int?,
--            released_reason text?, id int)
-- The holds that stand, and those that were released.
-- sort newest: h.placed_at desc, h.id desc
-- sort oldest: h.placed_at, h.id
select coalesce(h.email_key, h.code, '') as name, h.kind, h.reason, h.placed_at,
       case when h.released_at is null then 'stands' else 'released' end as state,
       h.released_at, h.released_reason, h.id
from privacy_hold h
where true
[[state: and case when h.released_at is null then 'stands' else 'released' end = :state ]];

-- privacy_hold_count (at_most int) -> one (holds int)
-- How many holds stand.
with standing as (select h.id from privacy_hold h where h.released_at is null limit :at_most)
select count(*) from standing;

-- privacy_hold_copy (person_id int, email_key text, at_most int)
--   -> many (placed_at int, reason text, released_at int?)
-- The holds on a person, for their own copy.
select h.placed_at, h.reason, h.released_at from privacy_hold h
where h.person_id = :person_id and :person_id <> 0
union
select h.placed_at, h.reason, h.released_at from privacy_hold h
where h.email_key = :email_key
limit :at_most;

-- privacy_hold_retain (before int, at_most int) -> changes
-- Holds that were released before a time go.
delete from privacy_hold
where id in (select h.id from privacy_hold h
             where h.released_at is not null and h.released_at < :before limit :at_most);

-- ---- what was removed ----

-- privacy_removal_add (day text, rule text, table_name text, row_count int) -> changes
-- So many more went on a day.
insert into privacy_removal (day, rule, table_name, row_count)
values (:day, :rule, :table_name, :row_count)
on conflict (day, rule, table_name)
do update set row_count = privacy_removal.row_count + excluded.row_count;

-- privacy_removal_list () -> page (day text, rule text, table_name text, row_count int)
-- What the rules removed, by day.
-- sort newest: r.day desc, r.rule desc, r.table_name desc
-- sort oldest: r.day, r.rule, r.table_name
select r.day, r.rule, r.table_name, r.row_count from privacy_removal r where true;

-- privacy_removal_sum (from_day text) -> one (row_count int)
-- How much went since a day.
select cast(coalesce(sum(r.row_count), 0) as bigint) from privacy_removal r where r.day >= :from_day;

-- privacy_run_set (now int) -> changes
-- All rules were applied.
insert into privacy_run (id, ran_at) values (1, :now)
on conflict (id) do update set ran_at = excluded.ran_at;

-- privacy_run_get () -> one (ran_at int)
-- When all rules were last applied.
select ran_at from privacy_run where id = 1;

-- ---- restrictions ----

-- privacy_restriction_add (id int, person_id int?, email_key text, kind text, purpose text,
--   reference text, now int) -> changes
-- A request to restrict, or an objection, was agreed.
insert into privacy_restriction (id, person_id, email_key, kind, purpose, reference, from_at)
values (:id, :person_id, :email_key, :kind, :purpose, :reference, :now);

-- privacy_restriction_end (reference text, now int) -> changes
-- What a request stopped may go on.
-- scans privacy_restriction - lifting one is rare, and they are few
update privacy_restriction set until_at = :now where reference = :reference and until_at is null;

-- privacy_restriction_standing (reference text, at_most int) -> many (kind text)
-- What stands for a request.
-- scans privacy_restriction - asked for closed requests only, and they are few
select r.kind from privacy_restriction r
where r.reference = :reference and r.until_at is null limit :at_most;

-- privacy_restriction_of (person_id int, email_key text, at_most int)
--   -> many (kind text, purpose text)
-- What a person asked not to be done and was agreed.
select r.kind, r.purpose from privacy_restriction r
where r.person_id = :person_id and :person_id <> 0 and r.until_at is null
union
select r.kind, r.purpose from privacy_restriction r
where r.email_key = :email_key and r.until_at is null
limit :at_most;

-- privacy_restriction_holds (reason text, at_most int) -> many (id int)
-- The holds that came with a restriction.
-- scans privacy_hold - lifting a restriction is rare, and holds are few
select h.id from privacy_hold h
where h.released_at is null and h.reason = :reason limit :at_most;

-- privacy_restriction_copy (person_id int, email_key text, at_most int)
--   -> many (kind text, purpose text, request text, from_at int, until_at int?)
-- The same for the person's own copy.
select r.kind, r.purpose, r.reference as request, r.from_at, r.until_at from privacy_restriction r
where r.person_id = :person_id and :person_id <> 0
union
select r.kind, r.purpose, r.reference, r.from_at, r.until_at from privacy_restriction r
where r.email_key = :email_key
limit :at_most;

-- privacy_restriction_retain (before int, at_most int) -> changes
-- Restrictions that were lifted before a time go. Reads privacy_hold.
delete from privacy_restriction
where id in (select r.id from privacy_restriction r
             where r.until_at is not null and r.until_at < :before
               and not exists (select 1 from privacy_hold h
                               where h.released_at is null and h.person_id = r.person_id)
               and not exists (select 1 from privacy_hold h
                               where h.released_at is null and h.email_key = r.email_key)
             limit :at_most);

-- ---- consent ----

-- privacy_consent_add (id int, at int, what text, wording text, version text, thing text,
--   about_id int?, about_name text, about_key text, capacity text, by_name text, by_key text,
--   channel text, noted_by int) -> changes
-- One event more.
insert into privacy_consent (id, at, what, wording, version, thing, about_id, about_name, about_key,
                             capacity, by_name, by_key, channel, noted_by)
values (:id, :at, :what, :wording, :version, :thing, :about_id, :about_name, :about_key, :capacity,
        :by_name, :by_key, :channel, :noted_by);

-- privacy_consent_rows (thing text, wording text, at_most int)
--   -> many (what text, version text, capacity text)
-- What was said for a thing, the newest first.
select c.what, c.version, c.capacity from privacy_consent c
where c.thing = :thing and c.wording = :wording
order by c.id desc limit :at_most;

-- privacy_consent_copy (person_id int, email_key text, at_most int)
--   -> many (said_at int, what text, wording text, wording_version text, thing text, about text,
--            capacity text, said_by text, channel text)
-- What was said about a person, or by them.
select c.at as said_at, c.what, c.wording, c.version as wording_version, c.thing,
       c.about_name as about, c.capacity, c.by_name as said_by, c.channel
from privacy_consent c where c.about_id = :person_id and :person_id <> 0
union
select c.at, c.what, c.wording, c.version, c.thing, c.about_name, c.capacity, c.by_name, c.channel
from privacy_consent c where c.about_key = :email_key and :email_key <> ''
union
select c.at, c.what, c.wording, c.version, c.thing, c.about_name, c.capacity, c.by_name, c.channel
from privacy_consent c where c.by_key = :email_key and :email_key <> ''
limit :at_most;

-- privacy_consent_retain (before int, at_most int) -> changes
-- Names go from what was said before a time. Reads privacy_hold.
-- scans privacy_consent - once a night
update privacy_consent set about_name = '', about_key = '', by_name = '', by_key = ''
where id in (select c.id from privacy_consent c
             where c.at < :before
               and (c.about_name <> '' or c.about_key <> '' or c.by_name <> '' or c.by_key <> '')
               and not exists (select 1 from privacy_hold h
                               where h.released_at is null and h.person_id = c.about_id)
               and not exists (select 1 from privacy_hold h
                               where h.released_at is null and h.email_key = c.about_key)
               and not exists (select 1 from privacy_hold h
                               where h.released_at is null and h.email_key = c.by_key)
               and not exists (select 1 from privacy_hold h
                               where h.released_at is null and h.code = c.thing)
             limit :at_most);
