-- Where in the country a role lies, so that the people of a region or board are found by an index.

-- Code of the board in which the area of the role lies today; '' when it is wider, or not known.
alter table access_grant add column board text not null default '';
-- Code of the region in which the area of the role lies today; '' when it is wider, or not known.
alter table access_grant add column region text not null default '';
-- Code of the organisation in which it lies: of a site, the one that it is part of; '' when wider.
alter table access_grant add column organisation text not null default '';
update access_grant set organisation = area where level = 'organisation';
update access_grant set region = area where level = 'region';
update access_grant set board = area where level = 'board';
create index access_grant_by_board on access_grant (board, id);
create index access_grant_by_region on access_grant (region, id);
create index access_grant_by_organisation on access_grant (organisation, id);
