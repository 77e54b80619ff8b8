-- directory_id_by_code (code text) -> one (id int)
-- The organisation with exactly this code.
select o.id from organisation o where o.code = :code;

-- directory_record_by_id (id int) -> one (id int, code text, name text, kind text, kind_name text,
--   shelf text, stands_for text, is_employer int, address text, town text, postcode text,
--   ons_code text, state text, opened_on text, closed_on text)
-- What is known of it now.  The kind is not joined, so that no plan can begin with it.
select o.id, o.code, r.name, r.kind,
  (select k.name from organisation_kind k where k.code = r.kind) as kind_name,
  (select k.shelf from organisation_kind k where k.code = r.kind) as shelf,
  (select k.stands_for from organisation_kind k where k.code = r.kind) as stands_for,
  (select k.is_employer from organisation_kind k where k.code = r.kind) as is_employer,
  r.address, r.town, r.postcode, r.ons_code, r.state, r.opened_on, r.closed_on
from organisation o
join organisation_record r on r.organisation_id = o.id and r.dropped_by is null
where o.id = :id;

-- directory_name_rows (organisation_id int, at_most int) -> many (from_on text, to_on text, name text)
-- Its names, newest first.
select n.from_on, n.to_on, n.name from organisation_name n
where n.organisation_id = :organisation_id and n.dropped_by is null
order by n.from_on desc limit :at_most;

-- directory_within_row (code text, area text, today text) -> one (places int)
-- How often an organisation lies in an area on a day. Reads organisation_within.
select count(*) from organisation_within w
where w.code = :code and w.area = :area
  and w.from_on <= :today and (w.to_on = '' or w.to_on >= :today);

-- directory_link_rows (organisation_id int, at_most int) -> many (relation text, target_id int,
--   target_code text, from_on text, to_on text)
-- Where it belongs and belonged, newest first.
select l.relation, l.target_id, o.code as target_code, l.from_on, l.to_on
from organisation_link l
join organisation o on o.id = l.target_id
where l.organisation_id = :organisation_id and l.dropped_by is null
order by l.from_on desc, l.relation limit :at_most;

-- directory_places_first (relation text) -> many (opened_on text)
-- The first day of the first organisation that stands for a relation: before it there were none.
-- A cross join, because SQLite then begins with the few kinds and not with all records.
-- scans organisation_kind - there are about twenty
select r.opened_on
from organisation_kind k
cross join organisation_record r
where k.stands_for = :relation and r.kind = k.code and r.dropped_by is null and r.opened_on <> ''
order by r.opened_on limit 1;

-- directory_successors (predecessor_id int, at_most int) -> many (id int, code text, on_day text,
--   kind text)
-- Who took over from it, newest first.
select s.successor_id as id, o.code, s.on_day, s.kind
from organisation_succession s
join organisation o on o.id = s.successor_id
where s.predecessor_id = :predecessor_id and s.dropped_by is null
order by s.on_day desc, o.code limit :at_most;

-- directory_predecessors (successor_id int, at_most int) -> many (id int, code text, on_day text,
--   kind text)
-- From whom it took over, newest first.
select s.predecessor_id as id, o.code, s.on_day, s.kind
from organisation_succession s
join organisation o on o.id = s.predecessor_id
where s.successor_id = :successor_id and s.dropped_by is null
order by s.on_day desc, o.code limit :at_most;

-- directory_kind_rows (shelf text optional, at_most int) -> many (code text, name text, plural text,
--   shelf text, name_contains text)
-- Kinds in their order.
-- scans organisation_kind - there are about twenty
select k.code, k.name, k.plural, k.shelf, k.name_contains from organisation_kind k
where k.place >= 0 [[shelf: and k.shelf = :shelf ]]
order by k.place limit :at_most;

-- directory_place_rows (relation text, day text, at_most int) -> many (id int, code text, name text)
-- What organisations belong to by that relation, if it is open on a day.
-- A cross join, because SQLite then begins with the few kinds and not with all records.
-- scans organisation_kind - there are about twenty
select o.id, o.code, r.name
from organisation_kind k
cross join organisation_record r
join organisation o on o.id = r.organisation_id
where k.stands_for = :relation and r.kind = k.code and r.dropped_by is null and r.opened_on <= :day
  and (r.closed_on >= :day or (r.closed_on = '' and r.state <> 'closed'))
order by r.sort_key, o.id limit :at_most;

-- directory_school_record (organisation_id int) -> one (phase text, type text, gender text,
--   low_age int?, high_age int?, laestab text, ukprn text, pupil_count int?,
--   free_meals_percent real?, latitude real?, longitude real?)
-- What is known of a school now.
select s.phase, s.type, s.gender, s.low_age, s.high_age, s.laestab, s.ukprn, s.pupil_count,
  s.free_meals_percent, s.latitude, s.longitude
from school s where s.organisation_id = :organisation_id and s.dropped_by is null;

-- directory_postcode_record (postcode text) -> one (latitude real?, longitude real?, district_code text,
--   area_code text, ended_in text, added_by int)
-- Where a postcode is.
select p.latitude, p.longitude, p.district_code, p.area_code, p.ended_in, p.added_by
from postcode p where p.postcode = :postcode;

-- directory_list (today text, kind text optional, region text optional, board text optional,
--   state text optional) -> page (code text, name text, kind text, town text, postcode text,
--   board text?, region text?, state text, opened_on text, closed_on text, sort_key text,
--   organisation_id int)
-- Organisations, without schools and areas, with their places today.
-- sort name: r.sort_key, r.organisation_id
-- sort code: o.code
select o.code, r.name, r.kind, r.town, r.postcode, b.code as board, g.code as region,
  case when r.opened_on > :today then 'planned'
    when r.closed_on = '' then r.state
    when r.closed_on < :today then 'closed' else 'open' end as state,
  r.opened_on, r.closed_on, r.sort_key, r.organisation_id
from organisation_record r
join organisation o on o.id = r.organisation_id
left join organisation_link lb on lb.organisation_id = r.organisation_id
  and lb.relation = 'board' and lb.dropped_by is null
  and lb.from_on <= :today and (lb.to_on = '' or lb.to_on >= :today)
left join organisation b on b.id = lb.target_id
left join organisation_link lg on lg.organisation_id = coalesce(lb.target_id, r.organisation_id)
  and lg.relation = 'region' and lg.dropped_by is null
  and lg.from_on <= :today and (lg.to_on = '' or lg.to_on >= :today)
left join organisation g on g.id = lg.target_id
where r.dropped_by is null and r.shelf = 'organisation'
[[kind: and r.kind = :kind ]]
[[region: and g.code = :region ]]
[[board: and b.code = :board ]]
[[state: and case when r.opened_on > :today then 'planned'
    when r.closed_on = '' then r.state
    when r.closed_on < :today then 'closed' else 'open' end = :state ]];
