-- directory_undo_state (id int) -> one (kind text, undone_at int?)
-- An import, and whether it was undone.
select i.kind, i.undone_at from directory_import i where i.id = :id;

-- directory_undo_later (id int) -> many (later_id int)
-- A later import that changed what this one brought.
select t.dropped_by as later_id from (
  select r.dropped_by from organisation_record r where r.added_by = :id and r.dropped_by is not null
  union all
  select n.dropped_by from organisation_name n where n.added_by = :id and n.dropped_by is not null
  union all
  select l.dropped_by from organisation_link l where l.added_by = :id and l.dropped_by is not null
  union all
  select s.dropped_by from organisation_succession s
  where s.added_by = :id and s.dropped_by is not null
  union all
  select c.dropped_by from school c where c.added_by = :id and c.dropped_by is not null
  union all
  select b.replaced_by from postcode_before b where b.added_by = :id
) t limit 1;

-- directory_undo_touched (id int, after int, at_most int) -> many (organisation_id int)
-- Organisations that stay, whose records an import dropped; in parts.
select r.organisation_id from organisation_record r
where r.dropped_by = :id and r.organisation_id > :after
order by r.organisation_id limit :at_most;

-- directory_undo_words (id int) -> changes
-- Forgets the words of organisations that an import brought.
delete from organisation_word where organisation_id in
  (select o.id from organisation o where o.added_by = :id);

-- directory_undo_schools_added (id int) -> changes
delete from school where added_by = :id;

-- directory_undo_schools_dropped (id int) -> changes
update school set dropped_by = null where dropped_by = :id;

-- directory_undo_successions_added (id int) -> changes
delete from organisation_succession where added_by = :id;

-- directory_undo_successions_dropped (id int) -> changes
update organisation_succession set dropped_by = null where dropped_by = :id;

-- directory_undo_links_added (id int) -> changes
delete from organisation_link where added_by = :id;

-- directory_undo_links_dropped (id int) -> changes
update organisation_link set dropped_by = null where dropped_by = :id;

-- directory_undo_names_added (id int) -> changes
delete from organisation_name where added_by = :id;

-- directory_undo_names_dropped (id int) -> changes
update organisation_name set dropped_by = null where dropped_by = :id;

-- directory_undo_records_added (id int) -> changes
delete from organisation_record where added_by = :id;

-- directory_undo_records_dropped (id int) -> changes
update organisation_record set dropped_by = null where dropped_by = :id;

-- directory_undo_organisations_added (id int) -> changes
delete from organisation where added_by = :id;

-- directory_undo_postcodes_added (id int) -> changes
-- Forgets the postcodes that an import brought, but not those that it replaced.
-- scans postcode - undoing is rare
delete from postcode where added_by = :id and not exists (select 1 from postcode_before b
  where b.replaced_by = :id and b.postcode = postcode.postcode);

-- directory_undo_postcodes_replaced (id int) -> changes
update postcode set latitude = b.latitude, longitude = b.longitude,
  district_code = b.district_code, area_code = b.area_code, ended_in = b.ended_in,
  added_by = b.added_by
from postcode_before b where b.replaced_by = :id and postcode.postcode = b.postcode;

-- directory_undo_postcodes_kept (id int) -> changes
delete from postcode_before where replaced_by = :id;

-- directory_undo_mark (id int, undone_at int) -> changes
-- Remembers that an import was undone.
update directory_import set undone_at = :undone_at where id = :id;
