-- A thing of each type, for the tests of what sqlgen writes.
create table store_thing (
    id    bigint not null primary key,  -- its number
    name  text   not null,              -- unique in its place
    place bigint,                       -- null: nowhere
    ratio double precision,             -- between 0 and 1; null: unknown
    photo bytea,                        -- null: none
    note  text,                         -- null: none
    unique (place, name)
);
create index store_thing_by_name on store_thing (name, id);
create index store_thing_by_place on store_thing (place, name, id);
