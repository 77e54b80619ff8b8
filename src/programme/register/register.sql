-- ---- histories: every pledge with what happened to it ----

-- register_histories (after text, at_most int)
--   -> many (reference text, organisation_code text, name text, region text)
-- Pledges in the order of their references, in portions. Reads pledge.
select p.reference, p.organisation_code, p.name, p.region
from pledge p
where p.reference > :after
order by p.reference limit :at_most;

-- register_history_events (first text, last text, until int, at_most int)
--   -> many (reference text, kind text, at int, digest text, has_union int)
-- What happened to these before a time, oldest first. Reads pledge_event and pledge_revision.
select p.reference, e.kind, e.at, e.digest, r.has_union
from pledge p
join pledge_event e on e.organisation_id = p.organisation_id and e.pledge_id = p.id
join pledge_revision r on r.organisation_id = e.organisation_id and r.pledge_id = e.pledge_id
  and r.revision = e.revision
where p.reference >= :first and p.reference <= :last and e.at < :until
order by p.reference, e.number limit :at_most;

-- register_first_at () -> one (at int?)
-- When the first pledge began, of an organisation or of a person. Reads individual.
-- scans pledge - once a night
-- scans individual - once a night
select min(f.at) as at
from (select min(p.created_at) as at from pledge p
      union all
      select min(i.confirmed_at) from individual i) f;

-- register_first_published_at () -> many (published_at int)
-- When the first pledge came on the register.
-- scans pledge - once a night
select published_at from pledge where is_public = 1 and published_at is not null
order by published_at limit 1;

-- ---- places ----

-- register_places_drop () -> changes
-- Before they are counted anew.
-- scans register_place - a row a board
delete from register_place where true;

-- register_places_count (today text) -> changes
-- Counts the organisations that can sign. Reads the directory.
-- scans organisation_record - once a night
-- scans organisation_kind - there are about twenty
insert into register_place (region, board, organisations, counted_on)
select coalesce(rb.code, ro.code, ''), coalesce(b.code, ''), count(*), :today
from organisation_record r
join organisation_kind k on k.code = r.kind and k.is_employer = 1
left join organisation_link lb on lb.organisation_id = r.organisation_id
  and lb.relation = 'board' and lb.dropped_by is null
  and lb.from_on <= :today and (lb.to_on = '' or lb.to_on >= :today)
left join organisation b on b.id = case when k.stands_for = 'board' then r.organisation_id
                                        else lb.target_id end
left join organisation_link lrb on lrb.organisation_id = b.id
  and lrb.relation = 'region' and lrb.dropped_by is null
  and lrb.from_on <= :today and (lrb.to_on = '' or lrb.to_on >= :today)
left join organisation rb on rb.id = lrb.target_id
left join organisation_link lro on lro.organisation_id = r.organisation_id
  and lro.relation = 'region' and lro.dropped_by is null
  and lro.from_on <= :today and (lro.to_on = '' or lro.to_on >= :today)
left join organisation ro on ro.id = lro.target_id
where r.dropped_by is null
  and (r.closed_on = '' or r.closed_on >= :today)
  and (r.opened_on = '' or r.opened_on <= :today)
  and (r.state = 'open' or r.closed_on <> '' or r.opened_on <> '')
group by 1, 2;

-- register_places_all (at_most int)
--   -> many (region text, board text, organisations int, counted_on text)
-- As they were last counted.
-- scans register_place - a row a board
select region, board, organisations, counted_on from register_place
order by region, board limit :at_most;

-- register_boards (today text, at_most int) -> many (board text, region text)
-- The region of each board on a day. Reads the directory.
-- scans organisation_kind - there are about twenty
select o.code as board, t.code as region
from organisation_kind k
cross join organisation_record r
join organisation o on o.id = r.organisation_id
join organisation_link l on l.organisation_id = o.id and l.relation = 'region'
  and l.dropped_by is null and l.from_on <= :today and (l.to_on = '' or l.to_on >= :today)
join organisation t on t.id = l.target_id
where k.stands_for = 'board' and r.kind = k.code and r.dropped_by is null
order by o.code limit :at_most;

-- register_standing (at_most int) -> many (kind text, region text, board text, pledges int)
-- How many pledges are in force, by kind and place, from an index alone. Reads pledge.
select p.kind, p.region, p.board, count(*)
from pledge p
where p.is_public = 1 and p.state in ('published', 'under-review', 'renewed')
group by p.kind, p.region, p.board limit :at_most;

-- ---- quarters ----

-- register_quarter_newest () -> many (first_on text, counted_on text)
-- The newest quarter that was counted, and up to when.
-- scans register_quarter - along its key, one row
select first_on, counted_on from register_quarter order by first_on desc limit 1;

-- register_quarter_drop (first_on text, counted_on text) -> changes
-- What was counted up to an earlier day goes before it is counted up to this one.
delete from register_quarter where first_on = :first_on and counted_on < :counted_on;

-- register_quarter_add (first_on text, region text, signed_count int, published int, renewed int,
--   lapsed int, withdrawn int, merged int, in_force int, individuals int, counted_on text)
--   -> changes
-- What was counted already stays as it is.
insert into register_quarter (first_on, region, signed, published, renewed, lapsed, withdrawn,
                              merged, in_force, individuals, counted_on)
values (:first_on, :region, :signed_count, :published, :renewed, :lapsed, :withdrawn, :merged, :in_force,
        :individuals, :counted_on)
on conflict (first_on, region) do nothing;

-- register_quarters_all (at_most int)
--   -> many (first_on text, region text, signed_count int, published int, renewed int, lapsed int,
--            withdrawn int, merged int, in_force int, individuals int, counted_on text)
-- All that was counted, newest first.
-- scans register_quarter - a row a quarter and region
select first_on, region, signed as signed_count, published, renewed, lapsed, withdrawn, merged, in_force,
       individuals, counted_on
from register_quarter order by first_on desc, region limit :at_most;

-- register_people_between (from_at int, until int) -> one (people int)
-- How many people confirmed their own pledge in a time. Reads individual.
-- scans individual - once a night
select count(*) from individual i where i.confirmed_at >= :from_at and i.confirmed_at < :until;

-- register_people_at (at int) -> one (people int)
-- How many pledges of people stood at a time. Reads individual.
-- scans individual - once a month
select count(*) from individual i
where i.confirmed_at < :at and (i.withdrawn_at is null or i.withdrawn_at >= :at);

-- ---- one organisation, and several beside each other ----

-- register_of_organisation (organisation_id int, at_most int)
--   -> many (reference text, state text, signed_on text?, published_at int?, state_at int,
--            period int, is_signer int, is_holder int, into_reference text, id int)
-- The public pledges that it signed or holds, newest first. Reads pledge.
select p.reference, p.state, p.signed_on, p.published_at, p.state_at, p.period,
       case when p.organisation_id = :organisation_id then 1 else 0 end as is_signer,
       case when p.holder_id = :organisation_id then 1 else 0 end as is_holder,
       p.into_reference, p.id
from pledge p
where p.id in (select a.id from pledge a where a.organisation_id = :organisation_id
               union select b.id from pledge b where b.holder_id = :organisation_id)
  and p.is_public = 1
order by p.id desc limit :at_most;

-- register_measure (reference text, today text)
--   -> one (kind text, region text, signed_on text?, action_count int, intentions int,
--           planned int, embedded int, overdue int)
-- By what a public pledge's group is chosen, and what is compared. planned: actions of the living
-- plan of this period. Reads pledge, pledge_intention and plan_action.
select p.kind, p.region, p.signed_on, p.action_count,
       (select count(*) from pledge_intention i
        where i.organisation_id = p.organisation_id and i.pledge_id = p.id
          and i.revision = p.revision) as intentions,
       (select count(*) from plan_action a
        where a.organisation_id = p.organisation_id and a.pledge_id = p.id
          and a.period = p.period) as planned,
       (select count(*) from plan_action a
        where a.organisation_id = p.organisation_id and a.pledge_id = p.id
          and a.period = p.period and a.state = 'embedded') as embedded,
       (select count(*) from plan_action a
        where a.organisation_id = p.organisation_id and a.pledge_id = p.id
          and a.period = p.period and a.is_open = 1 and a.due_on < :today) as overdue
from pledge p where p.reference = :reference and p.is_public = 1;

-- register_group_pledges (kind text, today text, region text optional, at_most int)
--   -> many (signed_on text, action_count int, intentions int, planned int, embedded int,
--            overdue int)
-- The same of the pledges in force of a kind of organisation.
select p.signed_on, p.action_count,
       (select count(*) from pledge_intention i
        where i.organisation_id = p.organisation_id and i.pledge_id = p.id
          and i.revision = p.revision) as intentions,
       (select count(*) from plan_action a
        where a.organisation_id = p.organisation_id and a.pledge_id = p.id
          and a.period = p.period) as planned,
       (select count(*) from plan_action a
        where a.organisation_id = p.organisation_id and a.pledge_id = p.id
          and a.period = p.period and a.state = 'embedded') as embedded,
       (select count(*) from plan_action a
        where a.organisation_id = p.organisation_id and a.pledge_id = p.id
          and a.period = p.period and a.is_open = 1 and a.due_on < :today) as overdue
from pledge p
where p.is_public = 1 and p.kind = :kind and p.state in ('published', 'under-review', 'renewed')
  and p.signed_on is not null
[[region: and p.region = :region ]]
order by p.signed_on limit :at_most;

-- ---- snapshots ----

-- register_snapshot_newest () -> many (month text)
-- The month of the newest.
-- scans register_snapshot - along its key, one row
select month from register_snapshot order by month desc limit 1;

-- register_snapshot_add (month text, made_at int, pledges int, in_force int, individuals int,
--   head text, digest text, size_bytes int, key_id text, signature text) -> changes
-- One month; the first who takes it has it.
insert into register_snapshot (month, made_at, pledges, in_force, individuals, head, digest,
                               size_bytes, key_id, signature)
values (:month, :made_at, :pledges, :in_force, :individuals, :head, :digest, :size_bytes, :key_id,
        :signature)
on conflict (month) do nothing;

-- register_snapshot_get (month text)
--   -> one (made_at int, pledges int, in_force int, individuals int, head text, digest text,
--           size_bytes int, key_id text, signature text)
-- One month.
select made_at, pledges, in_force, individuals, head, digest, size_bytes, key_id, signature
from register_snapshot where month = :month;

-- register_snapshot_months (at_most int) -> many (month text)
-- Which months there are, newest first.
-- scans register_snapshot - a row a month
select month from register_snapshot order by month desc limit :at_most;

-- register_snapshot_list ()
--   -> page (month text, pledges int, in_force int, individuals int, made_at int, digest text)
-- All of them.
-- sort newest: s.month desc
-- sort oldest: s.month
select s.month, s.pledges, s.in_force, s.individuals, s.made_at, s.digest
from register_snapshot s where true;

-- register_entry_newest (reference text) -> many (line text)
-- A pledge's line in the newest snapshot.
select line from register_entry where reference = :reference and to_month = '9999-12'
order by from_month desc limit 1;

-- register_entry_close (reference text, to_month text) -> changes
-- The line was in the snapshot of this month for the last time.
update register_entry set to_month = :to_month
where reference = :reference and to_month = '9999-12';

-- register_entry_add (reference text, from_month text, to_month text, line text) -> changes
-- A line, from this month on.
insert into register_entry (reference, from_month, to_month, line)
values (:reference, :from_month, :to_month, :line);

-- register_entries (month text, after text, at_most int) -> many (reference text, line text)
-- The lines of a month's file, in portions.
select reference, line from register_entry
where reference > :after and from_month <= :month and to_month >= :month
order by reference limit :at_most;

-- register_changed (from_month text, to_month text, after text, at_most int)
--   -> many (reference text, before_line text?, after_line text?)
-- Whose lines are another in the later of two months; null where there was none.
select c.reference,
       (select b.line from register_entry b where b.reference = c.reference
          and b.from_month <= :from_month and b.to_month >= :from_month) as before_line,
       (select a.line from register_entry a where a.reference = c.reference
          and a.from_month <= :to_month and a.to_month >= :to_month) as after_line
from (select f.reference from register_entry f
      where f.from_month > :from_month and f.from_month <= :to_month and f.reference > :after
      union
      select t.reference from register_entry t
      where t.to_month >= :from_month and t.to_month < :to_month and t.reference > :after) c
order by c.reference limit :at_most;
