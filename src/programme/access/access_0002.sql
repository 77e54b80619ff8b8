-- Roles at every level, the role that somebody works as, and the record kept by the audit.

-- The grant that the person chose to work as; null: the widest counts.
alter table person add column works_as bigint;

-- Where a role counts: national, region, board, organisation, site.
alter table access_grant add column level text not null default '';
update access_grant set level = case when area = '' then 'national' else 'region' end;
create index access_grant_by_area on access_grant (area, person_id);

-- What was done is kept by the audit from now on (audit_0001.sql), chained.
drop table access_event;
