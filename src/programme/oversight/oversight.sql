-- ---- the record ----

-- oversight_record (today text, scope text optional, what text optional, actor text optional,
--   subject text optional, thing text optional, from_at int optional, until_at int optional)
--   -> page (id int, at int, what text, actor text, role text, subject text,
--   thing text, organisation text, chain text, detail text)
-- What was done and seen, but for what is kept apart. Reads audit_event, person, organisation,
-- organisation_record and organisation_within.
-- sort newest: e.id desc
-- sort oldest: e.id
select e.id, e.at, e.what,
       case when e.actor_id = 0 then 'The service' else coalesce(a.name, '') end as actor,
       e.role, coalesce(s.name, '') as subject, e.thing,
       case when e.chain = '' then 'The programme' else coalesce(r.name, e.chain) end
         as organisation,
       e.chain, e.detail
from audit_event e
left join person a on a.id = e.actor_id
left join person s on s.id = e.subject_id
left join organisation n on n.code = e.chain
left join organisation_record r on r.organisation_id = n.id and r.dropped_by is null
where substr(e.chain, 1, 13) <> 'safeguarding:'
[[scope: and e.chain in (select w.code from organisation_within w where w.area = :scope
    and w.from_on <= :today and (w.to_on = '' or w.to_on >= :today)) ]]
[[what: and e.what = :what ]]
[[actor: and e.actor_id = (select x.id from person x where x.email_key = :actor) ]]
[[subject: and e.subject_id = (select x.id from person x where x.email_key = :subject) ]]
[[thing: and e.thing = :thing ]]
[[from_at: and e.at >= :from_at ]]
[[until_at: and e.at < :until_at ]];

-- oversight_event (id int, today text, scope text optional) -> one (id int, at int, what text, actor text, role text, subject text,
--   subject_id int, thing text, organisation text, chain text, detail text, number int, digest text)
-- One event in a scope.
select e.id, e.at, e.what,
       case when e.actor_id = 0 then 'The service' else coalesce(a.name, '') end as actor,
       e.role, coalesce(s.name, '') as subject, e.subject_id, e.thing,
       case when e.chain = '' then 'The programme' else coalesce(r.name, e.chain) end
         as organisation,
       e.chain, e.detail, e.number, e.digest
from audit_event e
left join person a on a.id = e.actor_id
left join person s on s.id = e.subject_id
left join organisation n on n.code = e.chain
left join organisation_record r on r.organisation_id = n.id and r.dropped_by is null
where e.id = :id and substr(e.chain, 1, 13) <> 'safeguarding:'
  and :today <> ''
[[scope: and e.chain in (select w.code from organisation_within w where w.area = :scope
    and w.from_on <= :today and (w.to_on = '' or w.to_on >= :today)) ]];

-- oversight_own (person_id int, before int, at_most int) -> many (id int, at int, what text, is_own int,
--   is_service int, role text, area text?, thing text, organisation text)
-- What concerns a person's own record, the newest first, those before an event. Whoever did it is
-- told by role and area only.
select e.id, e.at, e.what, case when e.actor_id = :person_id then 1 else 0 end as is_own,
       case when e.actor_id = 0 then 1 else 0 end as is_service, e.role,
       (select gr.name from access_grant g
        join organisation go on go.code = g.area
        join organisation_record gr on gr.organisation_id = go.id and gr.dropped_by is null
        where g.person_id = e.actor_id and g.role = e.role and g.granted_at <= e.at
        order by g.id desc limit 1) as area,
       e.thing, case when e.chain = '' then '' else coalesce(r.name, e.chain) end as organisation
from audit_event e
left join organisation n on n.code = e.chain
left join organisation_record r on r.organisation_id = n.id and r.dropped_by is null
where e.subject_id = :person_id and e.id < :before
  and substr(e.chain, 1, 13) <> 'safeguarding:'
order by e.id desc limit :at_most;

-- oversight_look_row (person_id int, look text) -> one (noted_at int)
-- When somebody's look was last noted.
select l.noted_at from oversight_look l where l.person_id = :person_id and l.look = :look;

-- oversight_look_set (person_id int, look text, now int) -> changes
-- A look was noted.
insert into oversight_look (person_id, look, noted_at) values (:person_id, :look, :now)
on conflict (person_id, look) do update set noted_at = excluded.noted_at;

-- oversight_look_purge (before int) -> changes
-- Removes what is of no use any more.
delete from oversight_look where noted_at < :before;

-- ---- export ----

-- oversight_chains (after text, at_most int) -> many (chain text, number int, digest text)
-- Chains by their name, those behind a given one. The programme's own, '', is not among them.
select c.chain, c.number, c.digest from audit_chain c
where c.chain > :after order by c.chain limit :at_most;

-- oversight_chain (chain text) -> one (number int, digest text)
-- Where one chain ends.
select c.number, c.digest from audit_chain c where c.chain = :chain;

-- oversight_chain_events (chain text, after int, at_most int) -> many (number int, at int, what text,
--   actor_id int, role text, subject_id int, thing text, detail text, detail_salt text, detail_digest text,
--   previous text, digest text)
-- Events of a chain in order, those behind a number.
select e.number, e.at, e.what, e.actor_id, e.role, e.subject_id, e.thing, e.detail, e.detail_salt,
       e.detail_digest, e.previous, e.digest
from audit_event e where e.chain = :chain and e.number > :after
order by e.number limit :at_most;

-- ---- break-glass ----

-- oversight_glass_add (id int, reference text, actor_id int, kind text, thing text, reason text,
--   now int, ends_at int) -> changes
-- Somebody opens a record.
insert into oversight_glass (id, reference, actor_id, kind, thing, reason, opened_at, ends_at)
values (:id, :reference, :actor_id, :kind, :thing, :reason, :now, :ends_at);

-- oversight_glass_row (reference text) -> one (id int, actor_id int, kind text, thing text, reason text,
--   opened_at int, ends_at int, reviewed_at int?, reviewer text?, review text, actor text)
-- One of them, with the names of who opened it and who looked it over. Reads person.
select g.id, g.actor_id, g.kind, g.thing, g.reason, g.opened_at, g.ends_at, g.reviewed_at,
       v.name as reviewer, g.review, a.name as actor
from oversight_glass g
join person a on a.id = g.actor_id
left join person v on v.id = g.reviewed_by
where g.reference = :reference;

-- oversight_glass_recent (actor_id int, since int) -> one (opened int)
-- How often somebody opened one since a time.
select count(*) from oversight_glass g where g.actor_id = :actor_id and g.opened_at > :since;

-- oversight_glass_same (actor_id int, kind text, thing text, reason text, now int) -> one (reference text)
-- The one that somebody has open with the same words.
select g.reference from oversight_glass g
where g.actor_id = :actor_id and g.kind = :kind and g.thing = :thing and g.reason = :reason
  and g.ends_at > :now
order by g.id limit 1;

-- oversight_glass_close (id int, now int) -> changes
-- It is closed before its time.
update oversight_glass set ends_at = :now where id = :id and ends_at > :now;

-- oversight_glass_review (id int, reviewer_id int, review text, now int) -> changes
-- Somebody looked over what was opened.
update oversight_glass set reviewed_at = :now, reviewed_by = :reviewer_id, review = :review
where id = :id and reviewed_at is null;

-- oversight_glass_waiting () -> one (waiting int, oldest_at int?)
-- How many wait for a review.
select count(*), min(g.opened_at) from oversight_glass g
where g.reviewed_at is null;

-- oversight_glass_list (state text optional) -> page (reference text, actor text, opened_at int, reason text,
--   state text, id int)
-- Every record that was opened, the newest first. Reads person.
-- sort newest: g.id desc
-- sort oldest: g.id
select g.reference, a.name as actor, g.opened_at, g.reason,
       case when g.reviewed_at is null then 'waiting' else 'reviewed' end as state, g.id
from oversight_glass g
join person a on a.id = g.actor_id
where true
[[state: and case when g.reviewed_at is null then 'waiting' else 'reviewed' end = :state ]];

-- oversight_glass_of (actor_id int, at_most int) -> many (reference text, opened_at int, ends_at int)
-- What somebody opened, the newest first.
select g.reference, g.opened_at, g.ends_at
from oversight_glass g where g.actor_id = :actor_id
order by g.id desc limit :at_most;

-- oversight_leads (day text, at_most int) -> many (id int, email text, name text)
-- The national leads of a day. Reads person and access_grant.
select p.id, p.email, p.name from person p
where p.closed_at is null and p.id in (
    select g.person_id from access_grant g
    where g.area = '' and g.role = 'national' and g.from_on <= :day
      and (g.until_on is null or g.until_on > :day))
order by p.id limit :at_most;

-- ---- what is kept about people: their copy, erasure, retention ----

-- oversight_look_copy (person_id int, at_most int) -> many (noted_at int)
-- When a person's looks were last noted.
select l.noted_at from oversight_look l
where l.person_id = :person_id order by l.look limit :at_most;

-- oversight_look_erase (person_id int) -> changes
-- They go.
delete from oversight_look where person_id = :person_id;

-- oversight_glass_copy (person_id int, at_most int)
--   -> many (reference text, your_part text, opened_at int, ends_at int, you_wrote text)
-- What a person opened in an emergency or looked over, without whose record it was.
select g.reference, 'you opened it' as your_part, g.opened_at, g.ends_at, g.reason as you_wrote
from oversight_glass g where g.actor_id = :person_id
union all
select g.reference, 'you looked it over', g.opened_at, g.ends_at, g.review
from oversight_glass g where g.reviewed_by is not null and g.reviewed_by = :person_id
limit :at_most;

-- oversight_glass_retain (before int, at_most int) -> changes
-- What was opened before a time and was looked over goes. Reads privacy_hold.
-- scans oversight_glass - once a night, and emergencies are few
delete from oversight_glass
where id in (
    select g.id from oversight_glass g
    where g.opened_at < :before and g.reviewed_at is not null
      and not exists (select 1 from privacy_hold h
                      where h.released_at is null and h.person_id = g.actor_id)
      and not exists (select 1 from privacy_hold h
                      where h.released_at is null and h.kind = 'person' and g.kind = 'person'
                        and cast(h.person_id as text) = g.thing)
      and not exists (select 1 from privacy_hold h
                      where h.released_at is null and h.code = g.thing)
      and not exists (select 1 from privacy_hold h
                      where h.released_at is null and h.code = g.reference)
    limit :at_most);
