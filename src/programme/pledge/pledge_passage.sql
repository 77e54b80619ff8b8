-- pledge_passage_add (organisation_id int, pledge_id int, number int, kind text, why text,
--   from_id int, to_id int, on_day text, into_reference text) -> changes
-- A pledge went on.
insert into pledge_passage (organisation_id, pledge_id, number, kind, why, from_id, to_id, on_day,
                            into_reference)
values (:organisation_id, :pledge_id, :number, :kind, :why, :from_id, :to_id, :on_day,
        :into_reference);

-- pledge_holder_set (organisation_id int, id int, holder_id int) -> changes
-- Another organisation holds it from now on.
update pledge set holder_id = :holder_id where organisation_id = :organisation_id and id = :id;

-- pledge_into_set (organisation_id int, id int, into_reference text) -> changes
-- It is a part of another pledge from now on.
update pledge set into_reference = :into_reference
where organisation_id = :organisation_id and id = :id;

-- pledge_parts (into_reference text, at_most int) -> many (reference text)
-- The pledges that became a part of another one, oldest first.
select p.reference from pledge p
where p.into_reference = :into_reference and p.into_reference <> ''
order by p.id limit :at_most;

-- pledge_heirs (predecessor_id int, today text, at_most int)
--   -> many (id int, code text, on_day text)
-- Who took over from an organisation, up to today, by code. Reads organisation_succession.
select s.successor_id as id, o.code, max(s.on_day) as on_day
from organisation_succession s
join organisation o on o.id = s.successor_id
where s.predecessor_id = :predecessor_id and s.dropped_by is null and s.on_day <= :today
group by s.successor_id, o.code
order by o.code limit :at_most;

-- pledge_to_pass (today text, after int, at_most int) -> many (reference text, id int)
-- Pledges that are not over, of organisations from which somebody took over. Reads
-- organisation_succession.
-- scans organisation_succession - one row for each that took over from another
select p.reference, p.id
from (select s.predecessor_id from organisation_succession s
      where s.dropped_by is null and s.on_day <= :today
      group by s.predecessor_id) gone
cross join pledge p
where p.holder_id = gone.predecessor_id and p.id > :after and (p.is_live = 1 or p.state = 'returned')
order by p.id limit :at_most;

-- pledge_split (today text, scope text optional)
--   -> page (reference text, organisation text, organisation_code text, state text, heirs int,
--            closed_on text, id int)
-- Pledges of organisations that closed and from which several took over: for staff to choose.
-- Reads organisation_succession, organisation_record and organisation_within.
-- sort oldest: p.id
-- sort newest: p.id desc
-- scans organisation_succession - one row for each that took over from another
-- scans pledge - only those whose organisation has split
select p.reference, p.name as organisation, p.organisation_code, p.state, gone.heirs, r.closed_on,
       p.id
from (select s.predecessor_id, count(distinct s.successor_id) as heirs
      from organisation_succession s
      where s.dropped_by is null and s.on_day <= :today
      group by s.predecessor_id) gone
cross join pledge p
join organisation_record r on r.organisation_id = p.holder_id and r.dropped_by is null
where p.holder_id = gone.predecessor_id and gone.heirs > 1 and (p.is_live = 1 or p.state = 'returned')
  and ((r.closed_on = '' and r.state = 'closed') or (r.closed_on <> '' and r.closed_on < :today))
[[scope: and p.organisation_code in (select w.code from organisation_within w where w.area = :scope
    and w.from_on <= :today and (w.to_on = '' or w.to_on >= :today)) ]];

-- pledge_split_count (today text, scope text optional) -> one (pledges int, oldest_at int?)
-- How many those are. Reads organisation_succession, organisation_record and organisation_within.
-- scans organisation_succession - one row for each that took over from another
select count(*), min(p.state_at)
from (select s.predecessor_id, count(distinct s.successor_id) as heirs
      from organisation_succession s
      where s.dropped_by is null and s.on_day <= :today
      group by s.predecessor_id) gone
cross join pledge p
join organisation_record r on r.organisation_id = p.holder_id and r.dropped_by is null
where p.holder_id = gone.predecessor_id and gone.heirs > 1 and (p.is_live = 1 or p.state = 'returned')
  and ((r.closed_on = '' and r.state = 'closed') or (r.closed_on <> '' and r.closed_on < :today))
[[scope: and p.organisation_code in (select w.code from organisation_within w where w.area = :scope
    and w.from_on <= :today and (w.to_on = '' or w.to_on >= :today)) ]];

-- pledge_undone (today text, scope text optional)
--   -> page (reference text, organisation text, organisation_code text, state text, kind text,
--            before_code text, now_code text, on_day text, id int)
-- Pledges that went on by a succession that is not known any more, or from an organisation that is
-- open again, since an import was undone. Reads organisation_succession, organisation_record and
-- organisation_within.
-- sort oldest: p.id
-- sort newest: p.id desc
-- scans pledge_passage - one row for each pledge that went on
-- scans pledge - only those that went on
select p.reference, p.name as organisation, p.organisation_code, p.state, g.kind,
       a.code as before_code, b.code as now_code, g.on_day, p.id
from pledge_passage g
join pledge p on p.organisation_id = g.organisation_id and p.id = g.pledge_id
join organisation a on a.id = g.from_id
join organisation b on b.id = g.to_id
join organisation_record r on r.organisation_id = g.from_id and r.dropped_by is null
where g.why in ('succession', 'split') and g.settled_at is null and :today <> ''
  and (not exists (select 1 from organisation_succession s
                   where s.predecessor_id = g.from_id and s.successor_id = g.to_id
                     and s.dropped_by is null)
       or (r.closed_on = '' and r.state = 'open') or r.closed_on >= :today)
[[scope: and p.organisation_code in (select w.code from organisation_within w where w.area = :scope
    and w.from_on <= :today and (w.to_on = '' or w.to_on >= :today)) ]];

-- pledge_undone_count (today text, scope text optional) -> one (pledges int, oldest_at int?)
-- How many those are. Reads organisation_succession and organisation_within.
-- scans pledge_passage - one row for each pledge that went on
select count(*), min(p.state_at)
from pledge_passage g
join pledge p on p.organisation_id = g.organisation_id and p.id = g.pledge_id
join organisation_record r on r.organisation_id = g.from_id and r.dropped_by is null
where g.why in ('succession', 'split') and g.settled_at is null and :today <> ''
  and (not exists (select 1 from organisation_succession s
                   where s.predecessor_id = g.from_id and s.successor_id = g.to_id
                     and s.dropped_by is null)
       or (r.closed_on = '' and r.state = 'open') or r.closed_on >= :today)
[[scope: and p.organisation_code in (select w.code from organisation_within w where w.area = :scope
    and w.from_on <= :today and (w.to_on = '' or w.to_on >= :today)) ]];

-- pledge_passage_undone (organisation_id int, pledge_id int, today text)
--   -> many (number int, kind text, from_id int, to_id int, on_day text)
-- The passages of a pledge whose succession is not known any more, or whose organisation is open
-- again, newest first. Reads organisation_succession and organisation_record.
select g.number, g.kind, g.from_id, g.to_id, g.on_day
from pledge_passage g
join organisation_record r on r.organisation_id = g.from_id and r.dropped_by is null
where g.organisation_id = :organisation_id and g.pledge_id = :pledge_id
  and g.why in ('succession', 'split') and g.settled_at is null
  and (not exists (select 1 from organisation_succession s
                   where s.predecessor_id = g.from_id and s.successor_id = g.to_id
                     and s.dropped_by is null)
       or (r.closed_on = '' and r.state = 'open') or r.closed_on >= :today)
order by g.number desc limit 10;

-- pledge_passage_settle (organisation_id int, pledge_id int, number int, now int) -> changes
-- Staff have looked at it.
update pledge_passage set settled_at = :now
where organisation_id = :organisation_id and pledge_id = :pledge_id and number = :number
  and settled_at is null;

-- pledge_went_from (from_id int, at_most int)
--   -> many (reference text, is_public int, kind text, why text, other_name text, other_code text,
--            on_day text, into_reference text)
-- Where pledges of an organisation went. Reads organisation and organisation_record.
select p.reference, p.is_public, g.kind, g.why, r.name as other_name, o.code as other_code,
       g.on_day, g.into_reference
from pledge_passage g
join pledge p on p.organisation_id = g.organisation_id and p.id = g.pledge_id
join organisation o on o.id = g.to_id
join organisation_record r on r.organisation_id = o.id and r.dropped_by is null
where g.from_id = :from_id
order by g.on_day, g.pledge_id, g.number limit :at_most;

-- pledge_came_to (to_id int, at_most int)
--   -> many (reference text, is_public int, kind text, why text, other_name text, other_code text,
--            on_day text, into_reference text)
-- Where pledges of an organisation came from. Reads organisation and organisation_record.
select p.reference, p.is_public, g.kind, g.why, r.name as other_name, o.code as other_code,
       g.on_day, g.into_reference
from pledge_passage g
join pledge p on p.organisation_id = g.organisation_id and p.id = g.pledge_id
join organisation o on o.id = g.from_id
join organisation_record r on r.organisation_id = o.id and r.dropped_by is null
where g.to_id = :to_id and g.from_id <> g.to_id
order by g.on_day, g.pledge_id, g.number limit :at_most;
