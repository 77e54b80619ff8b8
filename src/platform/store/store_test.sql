-- store_thing_add (id int, name text, place int?, ratio real?, photo blob?, note text?) -> changes
-- Adds a thing, unless its number is taken.
insert into store_thing (id, name, place, ratio, photo, note)
values (:id, :name, :place, :ratio, :photo, :note)
on conflict (id) do nothing;

-- store_thing_by_id (id int)
--   -> one (name text, place int?, ratio real?, photo blob?, note text?)
-- One thing.
select t.name, t.place, t.ratio, t.photo, t.note from store_thing t where t.id = :id;

-- store_thing_rename (id int, name text) -> one (name text, place int?)
-- Gives a thing another name, and says where it stands.
update store_thing set name = :name where id = :id returning name, place;

-- store_thing_weigh (at_most int) -> many (place int?, things int, ratio real?, most real?)
-- scans store_thing - the test has few
-- Sums and averages, which PostgreSQL gives in types of its own.
select t.place, count(*), avg(t.ratio), sum(t.ratio) from store_thing t
group by t.place order by t.place nulls last limit :at_most;

-- store_thing_sums () -> one (things int, numbers int?, mean real?, has_any int)
-- scans store_thing - the test has few
-- The same without groups; the sum of whole numbers is a whole number.
select count(*), sum(t.id), avg(t.id), exists (select 1 from store_thing)
from store_thing t;

-- store_thing_list (place int optional, note text optional) -> page (id int, name text, place int?)
-- sort name: t.name, t.id
-- sort newest: t.id desc
-- Things, all or those of a place or with a note.
select t.id, t.name, t.place from store_thing t
where true [[place: and t.place = :place]] [[note: and t.note = :note]];
