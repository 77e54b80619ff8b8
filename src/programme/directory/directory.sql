-- organisation_id_by_code (code text) -> one (id int)
-- The organisation with exactly this code.
select o.id from organisation o where o.code = :code;

-- organisation_by_id (id int) -> one (id int, code text, name text, kind text, kind_name text,
--   shelf text, is_employer int, address text, town text, postcode text, ons_code text, state text,
--   opened_on text, closed_on text)
-- What is known of it now.
select o.id, o.code, r.name, r.kind, k.name, k.shelf, k.is_employer, r.address, r.town, r.postcode,
  r.ons_code, r.state, r.opened_on, r.closed_on
from organisation o
join organisation_record r on r.organisation_id = o.id and r.dropped_by is null
join organisation_kind k on k.code = r.kind
where o.id = :id;

-- organisation_names (organisation_id int, at_most int) -> many (from_on text, to_on text, name text)
-- Its names, newest first.
select n.from_on, n.to_on, n.name from organisation_name n
where n.organisation_id = :organisation_id and n.dropped_by is null
order by n.from_on desc limit :at_most;

-- organisation_links (organisation_id int, at_most int) -> many (relation text, target_id int,
--   target_code text, from_on text, to_on text)
-- Where it belongs and belonged, newest first.
select l.relation, l.target_id, o.code, l.from_on, l.to_on
from organisation_link l
join organisation o on o.id = l.target_id
where l.organisation_id = :organisation_id and l.dropped_by is null
order by l.from_on desc, l.relation limit :at_most;

-- organisation_links_first (relation text) -> one (from_on text)
-- The first day of the oldest link of this kind.
select l.from_on from organisation_link l
where l.relation = :relation and l.dropped_by is null
order by l.from_on limit 1;

-- organisation_is_target (target_id int, relation text) -> many (organisation_id int)
-- Whether anything belongs to it by that relation.
select l.organisation_id from organisation_link l
where l.target_id = :target_id and l.relation = :relation and l.dropped_by is null limit 1;

-- organisation_successors (predecessor_id int, at_most int) -> many (id int, code text, on_day text,
--   kind text)
-- Who took over from it, newest first.
select s.successor_id, o.code, s.on_day, s.kind
from organisation_succession s
join organisation o on o.id = s.successor_id
where s.predecessor_id = :predecessor_id and s.dropped_by is null
order by s.on_day desc, o.code limit :at_most;

-- organisation_predecessors (successor_id int, at_most int) -> many (id int, code text, on_day text,
--   kind text)
-- From whom it took over, newest first.
select s.predecessor_id, o.code, s.on_day, s.kind
from organisation_succession s
join organisation o on o.id = s.predecessor_id
where s.successor_id = :successor_id and s.dropped_by is null
order by s.on_day desc, o.code limit :at_most;

-- organisation_kinds (shelf text optional, at_most int) -> many (code text, name text, plural text,
--   name_contains text)
-- Kinds in their order.
-- scans organisation_kind - there are about twenty
select k.code, k.name, k.plural, k.name_contains from organisation_kind k
where k.place >= 0 [[shelf: and k.shelf = :shelf ]]
order by k.place limit :at_most;

-- organisation_places (relation text, day text, at_most int) -> many (id int, code text)
-- What organisations belong to by that relation on a day.
select o.id, o.code
from organisation o
where o.id in (select l.target_id from organisation_link l
  where l.relation = :relation and l.from_on <= :day and (l.to_on = '' or l.to_on >= :day)
  and l.dropped_by is null)
order by o.id limit :at_most;

-- school_by_organisation (organisation_id int) -> one (phase text, type text, gender text,
--   low_age int?, high_age int?, laestab text, ukprn text, pupil_count int?,
--   free_meals_percent real?, latitude real?, longitude real?)
-- What is known of a school now.
select s.phase, s.type, s.gender, s.low_age, s.high_age, s.laestab, s.ukprn, s.pupil_count,
  s.free_meals_percent, s.latitude, s.longitude
from school s where s.organisation_id = :organisation_id and s.dropped_by is null;

-- postcode_by_postcode (postcode text) -> one (latitude real?, longitude real?, district_code text,
--   area_code text, ended_in text, added_by int)
-- Where a postcode is.
select p.latitude, p.longitude, p.district_code, p.area_code, p.ended_in, p.added_by
from postcode p where p.postcode = :postcode;
