-- Links of live pages to other websites, and what the last look at each found.
create table library_outside (
    href       text   not null primary key, -- as it is written
    host       text   not null,             -- in small letters
    next_at    bigint not null,             -- UTC seconds: when to look at it next
    asked_at   bigint not null,             -- UTC seconds: when a look began last; 0: never
    looked_at  bigint not null,             -- UTC seconds: when one ended; 0: never
    state      text   not null,             -- unchecked, ok, moved, unclear, once, broken
    detail     text   not null,             -- in words; '' none
    moved_to   text   not null,             -- where it is now, when it said so; '' it did not
    failed_on  text   not null,             -- the last day that it failed; '' not since it worked
    failed_days bigint not null             -- on how many days since then
);
create index library_outside_next on library_outside (next_at, href);
create index library_outside_host on library_outside (host, asked_at);
create index library_link_href on library_link (href);
