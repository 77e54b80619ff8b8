-- directory_import_add (id int, kind text, source text, as_at text, started_at int) -> changes
-- Begins a batch.
insert into directory_import (id, kind, source, as_at, started_at, row_count, added_count,
  changed_count, refused_count)
values (:id, :kind, :source, :as_at, :started_at, 0, 0, 0, 0);

-- directory_import_finish (id int, finished_at int, row_count int, added_count int, changed_count int,
--   refused_count int) -> changes
-- Ends a batch.
update directory_import set finished_at = :finished_at, row_count = :row_count,
  added_count = :added_count, changed_count = :changed_count, refused_count = :refused_count
where id = :id;

-- directory_import_remove (id int) -> changes
-- Forgets a batch that changed nothing.
delete from directory_import where id = :id;

-- directory_import_rows (at_most int) -> many (id int, kind text, source text, as_at text, started_at int,
--   finished_at int?, undone_at int?, row_count int, added_count int, changed_count int,
--   refused_count int)
-- Batches, newest first.
-- scans directory_import - in the order of its key, and no further than asked for
select i.id, i.kind, i.source, i.as_at, i.started_at, i.finished_at, i.undone_at, i.row_count,
  i.added_count, i.changed_count, i.refused_count
from directory_import i order by i.id desc limit :at_most;

-- directory_import_kind_set (code text, name text, plural text, shelf text, is_employer int, stands_for text,
--   ods_roles text, name_contains text, place int) -> changes
-- Adds or changes a kind of organisation.
insert into organisation_kind (code, name, plural, shelf, is_employer, stands_for, ods_roles,
  name_contains, place)
values (:code, :name, :plural, :shelf, :is_employer, :stands_for, :ods_roles, :name_contains, :place)
on conflict (code) do update set name = excluded.name, plural = excluded.plural,
  shelf = excluded.shelf, is_employer = excluded.is_employer, stands_for = excluded.stands_for,
  ods_roles = excluded.ods_roles, name_contains = excluded.name_contains, place = excluded.place;

-- directory_import_kind_first (stands_for text optional, shelf text optional) -> many (code text)
-- The first kind that stands for a relation, or that is on a shelf.
-- scans organisation_kind - there are about twenty
select k.code from organisation_kind k
where k.place >= 0 [[stands_for: and k.stands_for = :stands_for ]][[shelf: and k.shelf = :shelf ]]
order by k.place limit 1;

-- directory_import_organisation_add (id int, code text, added_by int) -> changes
-- A new organisation, of which nothing is known yet.
insert into organisation (id, code, added_by) values (:id, :code, :added_by);

-- directory_import_record_drop (organisation_id int, dropped_by int) -> changes
-- What was known of it is no longer so.
update organisation_record set dropped_by = :dropped_by
where organisation_id = :organisation_id and dropped_by is null;

-- directory_import_record_add (organisation_id int, kind text, shelf text, name text,
--   sort_key text, address text, town text, postcode text, ons_code text, state text,
--   opened_on text, closed_on text, added_by int) -> changes
-- What is known of it now.
insert into organisation_record (organisation_id, kind, shelf, name, sort_key, address, town,
  postcode, ons_code, state, opened_on, closed_on, added_by)
values (:organisation_id, :kind, :shelf, :name, :sort_key, :address, :town, :postcode, :ons_code,
  :state, :opened_on, :closed_on, :added_by);

-- directory_import_name_drop (organisation_id int, from_on text, dropped_by int) -> changes
-- A name did not stand for those days.
update organisation_name set dropped_by = :dropped_by
where organisation_id = :organisation_id and from_on = :from_on and dropped_by is null;

-- directory_import_name_add (organisation_id int, from_on text, to_on text, name text, added_by int) -> changes
-- A name and its days.
insert into organisation_name (organisation_id, from_on, to_on, name, added_by)
values (:organisation_id, :from_on, :to_on, :name, :added_by);

-- directory_import_link_drop (organisation_id int, relation text, from_on text, dropped_by int) -> changes
-- A link did not hold for those days.
update organisation_link set dropped_by = :dropped_by
where organisation_id = :organisation_id and relation = :relation and from_on = :from_on
  and dropped_by is null;

-- directory_import_link_add (organisation_id int, relation text, target_id int, from_on text, to_on text,
--   added_by int) -> changes
-- A link and its days.
insert into organisation_link (organisation_id, relation, target_id, from_on, to_on, added_by)
values (:organisation_id, :relation, :target_id, :from_on, :to_on, :added_by);

-- directory_import_succession_is_known (predecessor_id int, successor_id int, on_day text, kind text)
--   -> many (kind text)
-- Whether this succession is known.
select s.kind from organisation_succession s
where s.predecessor_id = :predecessor_id and s.successor_id = :successor_id
  and s.on_day = :on_day and s.kind = :kind and s.dropped_by is null limit 1;

-- directory_import_succession_drop (predecessor_id int, successor_id int, dropped_by int) -> changes
-- What was known of one organisation taking over from another is no longer so.
update organisation_succession set dropped_by = :dropped_by
where predecessor_id = :predecessor_id and successor_id = :successor_id and dropped_by is null;

-- directory_import_succession_add (predecessor_id int, successor_id int, on_day text, kind text,
--   added_by int) -> changes
-- One organisation took over from another.
insert into organisation_succession (predecessor_id, successor_id, on_day, kind, added_by)
values (:predecessor_id, :successor_id, :on_day, :kind, :added_by);

-- directory_import_school_drop (organisation_id int, dropped_by int) -> changes
-- What was known of a school is no longer so.
update school set dropped_by = :dropped_by
where organisation_id = :organisation_id and dropped_by is null;

-- directory_import_school_add (organisation_id int, phase text, type text, gender text, low_age int?,
--   high_age int?, laestab text, ukprn text, pupil_count int?, free_meals_percent real?,
--   latitude real?, longitude real?, added_by int) -> changes
-- What is known of a school now.
insert into school (organisation_id, phase, type, gender, low_age, high_age, laestab, ukprn,
  pupil_count, free_meals_percent, latitude, longitude, added_by)
values (:organisation_id, :phase, :type, :gender, :low_age, :high_age, :laestab, :ukprn,
  :pupil_count, :free_meals_percent, :latitude, :longitude, :added_by);

-- directory_import_postcodes_add (rows text, added_by int) -> changes
-- Adds those of many postcodes that are not known yet.  rows is JSON: objects with the members p
-- (postcode), a and o (latitude, longitude), d (district), s (small area), e (end).
-- scans j - the rows that are given
insert into postcode (postcode, latitude, longitude, district_code, area_code, ended_in, added_by)
select json_extract(j.value, '$.p'), json_extract(j.value, '$.a'), json_extract(j.value, '$.o'),
  json_extract(j.value, '$.d'), json_extract(j.value, '$.s'), json_extract(j.value, '$.e'),
  :added_by
from json_each(:rows) j where true
on conflict (postcode) do nothing;
-- on postgresql
insert into postcode (postcode, latitude, longitude, district_code, area_code, ended_in, added_by)
select r.p, r.a, r.o, r.d, r.s, r.e, :added_by
from json_to_recordset(cast(:rows as json)) as r(p text, a double precision, o double precision,
  d text, s text, e text)
on conflict (postcode) do nothing;

-- directory_import_postcodes_differ (rows text, at_most int) -> many (place int)
-- Which of many postcodes, as above, are known otherwise; place is the member n of the row.
-- scans j r - the rows that are given
with r(n, p, a, o, d, s, e) as (
  select json_extract(j.value, '$.n'), json_extract(j.value, '$.p'), json_extract(j.value, '$.a'),
    json_extract(j.value, '$.o'), json_extract(j.value, '$.d'), json_extract(j.value, '$.s'),
    json_extract(j.value, '$.e')
  from json_each(:rows) j)
select r.n as place from r join postcode k on k.postcode = r.p
where k.latitude is distinct from r.a or k.longitude is distinct from r.o
  or k.district_code <> r.d or k.area_code <> r.s or k.ended_in <> r.e
order by r.n limit :at_most;
-- on postgresql
select r.n as place
from json_to_recordset(cast(:rows as json)) as r(n bigint, p text, a double precision,
  o double precision, d text, s text, e text)
join postcode k on k.postcode = r.p
where k.latitude is distinct from r.a or k.longitude is distinct from r.o
  or k.district_code <> r.d or k.area_code <> r.s or k.ended_in <> r.e
order by r.n limit :at_most;

-- directory_import_postcode_keep (postcode text, replaced_by int) -> changes
-- Keeps what is known of a postcode, before it is replaced.
insert into postcode_before (replaced_by, postcode, latitude, longitude, district_code, area_code,
  ended_in, added_by)
select :replaced_by, p.postcode, p.latitude, p.longitude, p.district_code, p.area_code, p.ended_in,
  p.added_by
from postcode p where p.postcode = :postcode;

-- directory_import_postcode_set (postcode text, latitude real?, longitude real?, district_code text,
--   area_code text, ended_in text, added_by int) -> changes
-- What is known of a postcode now.
update postcode set latitude = :latitude, longitude = :longitude, district_code = :district_code,
  area_code = :area_code, ended_in = :ended_in, added_by = :added_by
where postcode = :postcode;
