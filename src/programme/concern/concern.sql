-- concern_add (organisation_id int, id int, reference text, organisation text, raised_by int, now int,
--   in_danger int, about text, happened text, may_contact int, contact text, about_lead text, told text)
--   -> changes
-- A concern is raised.
insert into concern (organisation_id, id, reference, organisation, raised_by, raised_at, in_danger,
                     about, happened, may_contact, contact, about_lead, told, state)
values (:organisation_id, :id, :reference, :organisation, :raised_by, :now, :in_danger, :about,
        :happened, :may_contact, :contact, :about_lead, :told, 'new');

-- concern_keep_from (concern_id int, area text, day text) -> changes
-- It is kept from the safeguarding leads that an area ('' for the whole programme) has on a day. Reads
-- access_grant.
insert into concern_kept_from (concern_id, person_id)
select distinct cast(:concern_id as bigint), g.person_id from access_grant g
where g.area = :area and g.role = 'safeguarding' and g.from_on <= :day
  and (g.until_on is null or g.until_on > :day);

-- concern_kept_from_rows (concern_id int, at_most int) -> many (person_id int, name text)
-- From whom it is kept. Reads person.
select k.person_id, p.name from concern_kept_from k join person p on p.id = k.person_id
where k.concern_id = :concern_id order by p.id limit :at_most;

-- concern_row (reference text, reader_id int) -> one (organisation_id int, id int, reference text,
--   organisation text, organisation_name text?, raised_by int, raiser text, raised_at int, in_danger int,
--   about text, happened text, may_contact int, contact text, about_lead text, told text, seen_at int?,
--   state text, closed_at int?)
-- One concern, unless it is kept from the reader. Reads person, organisation_record.
select c.organisation_id, c.id, c.reference, c.organisation, r.name as organisation_name,
       c.raised_by, p.name as raiser, c.raised_at, c.in_danger, c.about, c.happened, c.may_contact,
       c.contact, c.about_lead, c.told, c.seen_at, c.state, c.closed_at
from concern c
join person p on p.id = c.raised_by
left join organisation_record r
  on r.organisation_id = c.organisation_id and r.dropped_by is null
where c.reference = :reference
  and not exists (select 1 from concern_kept_from k
                  where k.concern_id = c.id and k.person_id = :reader_id);

-- concern_sent (reference text) -> one (told text, about_lead text)
-- Whom a concern went to, for whoever raised it.
select c.told, c.about_lead from concern c where c.reference = :reference;

-- concern_move (organisation_id int, id int, state text, closed_at int?) -> changes
-- What follows from the newest event.
update concern set state = :state, closed_at = :closed_at
where organisation_id = :organisation_id and id = :id;

-- concern_set_told (organisation_id int, id int, told text) -> changes
-- At which level somebody was told.
update concern set told = :told where organisation_id = :organisation_id and id = :id;

-- concern_set_seen (organisation_id int, id int, now int) -> changes
-- A lead has read it for the first time.
update concern set seen_at = :now,
  state = case when state = 'new' then 'open' else state end
where organisation_id = :organisation_id and id = :id and seen_at is null;

-- concern_event_add (concern_id int, number int, now int, kind text, body text, text text, person_id int)
--   -> changes
-- One event more.
insert into concern_event (concern_id, number, at, kind, body, text, person_id)
values (:concern_id, :number, :now, :kind, :body, :text, :person_id);

-- concern_event_rows (concern_id int, at_most int) -> many (number int, at int, kind text, body text,
--   text text, person text)
-- What was done about a concern, the oldest first. Reads person.
select e.number, e.at, e.kind, e.body, e.text, p.name as person
from concern_event e
join person p on p.id = e.person_id
where e.concern_id = :concern_id order by e.number limit :at_most;

-- concern_told_add (concern_id int, person_id int, mail_key text) -> changes
-- Somebody is told, once; one from whom it is kept is not, and changes no row.
insert into concern_told (concern_id, person_id, mail_key)
select cast(:concern_id as bigint), cast(:person_id as bigint), cast(:mail_key as text)
where not exists (select 1 from concern_kept_from k
                  where k.concern_id = :concern_id and k.person_id = :person_id)
on conflict (concern_id, person_id) do nothing;

-- concern_reading_row (concern_id int, person_id int) -> one (purpose text, until_at int)
-- What somebody reads a concern for.
select r.purpose, r.until_at from concern_reading r
where r.concern_id = :concern_id and r.person_id = :person_id;

-- concern_reading_set (concern_id int, person_id int, purpose text, until_at int) -> changes
-- Somebody said what for.
insert into concern_reading (concern_id, person_id, purpose, until_at)
values (:concern_id, :person_id, :purpose, :until_at)
on conflict (concern_id, person_id) do update
set purpose = excluded.purpose, until_at = excluded.until_at;

-- concern_list (today text, reader_id int, scope text optional, state text optional)
--   -> page (reference text, organisation_name text, raised_at int, state text, danger text, id int)
-- Concerns of a scope but those kept from the reader, without what they say. Reads
-- organisation_record and organisation_within.
-- sort oldest: c.id
-- sort newest: c.id desc
select c.reference, coalesce(r.name, c.organisation) as organisation_name, c.raised_at, c.state,
       case when c.in_danger = 1 then 'danger' else '' end as danger, c.id
from concern c
left join organisation_record r
  on r.organisation_id = c.organisation_id and r.dropped_by is null
where :today <> ''
  and not exists (select 1 from concern_kept_from k
                  where k.concern_id = c.id and k.person_id = :reader_id)
[[scope: and c.organisation in (select w.code from organisation_within w where w.area = :scope
    and w.from_on <= :today and (w.to_on = '' or w.to_on >= :today)) ]]
[[state: and c.state = :state ]];

-- concern_waiting (today text, reader_id int, state text, scope text optional)
--   -> one (concerns int, oldest_at int?)
-- How many stand in a state, and since when the oldest. Reads organisation_within.
select count(*), min(c.raised_at) from concern c
where c.state = :state and :today <> ''
  and not exists (select 1 from concern_kept_from k
                  where k.concern_id = c.id and k.person_id = :reader_id)
[[scope: and c.organisation in (select w.code from organisation_within w where w.area = :scope
    and w.from_on <= :today and (w.to_on = '' or w.to_on >= :today)) ]];

-- concern_trouble_list (today text, reader_id int) -> page (reference text, organisation_name text, raised_at int, why text, id int)
-- Concerns that no lead has seen and that may have reached nobody, without what they say. Reads mail,
-- organisation_record.
-- sort oldest: c.id
-- sort newest: c.id desc
select c.reference, coalesce(r.name, c.organisation) as organisation_name, c.raised_at,
       case when c.told = 'none' then 'none' else 'mail' end as why, c.id
from concern c
left join organisation_record r
  on r.organisation_id = c.organisation_id and r.dropped_by is null
where c.seen_at is null and :today <> '' and (c.told = 'none' or exists (
    select 1 from concern_told t join mail m on m.key = t.mail_key
    where t.concern_id = c.id and (m.failed_at is not null or m.cancelled_at is not null)))
  and not exists (select 1 from concern_kept_from k
                  where k.concern_id = c.id and k.person_id = :reader_id);

-- concern_trouble_count (reader_id int) -> one (concerns int, oldest_at int?)
-- How many of them there are.
select count(*), min(c.raised_at) from concern c
where c.seen_at is null and (c.told = 'none' or exists (
    select 1 from concern_told t join mail m on m.key = t.mail_key
    where t.concern_id = c.id and (m.failed_at is not null or m.cancelled_at is not null)))
  and not exists (select 1 from concern_kept_from k
                  where k.concern_id = c.id and k.person_id = :reader_id);

-- concern_own_rows (person_id int, at_most int) -> many (reference text, raised_at int, state text,
--   organisation_name text)
-- What somebody raised, the newest first: that it was received and how it stands. Reads
-- organisation_record.
select c.reference, c.raised_at, c.state, coalesce(r.name, c.organisation) as organisation_name
from concern c
left join organisation_record r
  on r.organisation_id = c.organisation_id and r.dropped_by is null
where c.raised_by = :person_id order by c.id desc limit :at_most;

-- ---- what is kept about people: their copy and retention; erasure takes nothing ----

-- concern_copy (person_id int, at_most int)
--   -> many (reference text, organisation text, raised_at int, about text, happened text,
--            somebody_in_danger text, about_a_safeguarding_lead text, we_may_ask_you text,
--            how_to_reach_you text)
-- What a person raised, as they typed it. Nothing that others wrote, and nothing raised by others.
select c.reference, c.organisation, c.raised_at, c.about, c.happened,
       case when c.in_danger = 1 then 'yes' else 'no' end as somebody_in_danger,
       case when c.about_lead = 'no' then 'no' else 'yes' end as about_a_safeguarding_lead,
       case when c.may_contact = 1 then 'yes' else 'no' end as we_may_ask_you,
       c.contact as how_to_reach_you
from concern c where c.raised_by = :person_id and :person_id <> 0
order by c.id limit :at_most;

-- concern_retain (before int, at_most int) -> changes
-- A concern that was closed before a time goes, with all that hangs on it. Reads person, privacy_hold.
-- scans concern - once a night
delete from concern
where id in (
    select c.id from concern c
    where c.state = 'closed' and c.closed_at < :before
      and not exists (select 1 from privacy_hold h
                      where h.released_at is null and h.person_id = c.raised_by)
      and not exists (select 1 from privacy_hold h
                      where h.released_at is null and h.email_key = (
                        select p.email_key from person p where p.id = c.raised_by))
      and not exists (select 1 from privacy_hold h
                      where h.released_at is null and h.code = c.organisation)
      and not exists (select 1 from privacy_hold h
                      where h.released_at is null and h.code = c.reference)
    order by c.id limit :at_most);
