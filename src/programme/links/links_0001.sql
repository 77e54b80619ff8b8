-- Where public pages lead.  What was known of the links of guidance came from library/.

-- Something that the public reads.
create table links_page (
    page      text not null primary key, -- kind and key, as in search_document: 'news/new-rules'
    kind      text not null,             -- guidance, news, ...
    title     text not null,             -- as the public reads it
    edit_href text not null              -- path of the page where editors mend it
);
insert into links_page (page, kind, title, edit_href)
select 'guidance/' || cast(id as text), 'guidance', title, '/desk/library/' || cast(id as text)
from library_page where live_number > 0;

-- A link of such a page.
create table links_held (
    page      text   not null references links_page (page),
    kind      text   not null, -- of the page
    href      text   not null, -- as it is written
    state     text   not null, -- new, ok, moved, broken, once, unclear, unchecked
    looked_at bigint not null, -- UTC seconds; while new: since when it is there
    primary key (page, href)
);
insert into links_held (page, kind, href, state, looked_at)
select 'guidance/' || cast(l.page_id as text), 'guidance', l.href, l.state, l.looked_at
from library_link l join library_page p on p.id = l.page_id
where p.live_number > 0;
create index links_held_state on links_held (state, looked_at, page, href);
create index links_held_kind on links_held (kind, state, looked_at, page, href);
create index links_held_href on links_held (href);
drop table library_link;

-- Links to other websites, and what the last look at each found.
create table links_outside (
    href        text   not null primary key, -- as it is written
    host        text   not null,             -- in small letters
    next_at     bigint not null,             -- UTC seconds: when to look at it next
    asked_at    bigint not null,             -- UTC seconds: when a look began last; 0: never
    looked_at   bigint not null,             -- UTC seconds: when one ended; 0: never
    state       text   not null,             -- unchecked, ok, moved, unclear, once, broken
    detail      text   not null,             -- in words; '' none
    moved_to    text   not null,             -- where it is now, when it said so; '' it did not
    failed_on   text   not null,             -- the last day that it failed; '' not since it worked
    failed_days bigint not null              -- on how many days since then
);
insert into links_outside (href, host, next_at, asked_at, looked_at, state, detail, moved_to,
                           failed_on, failed_days)
select href, host, next_at, asked_at, looked_at, state, detail, moved_to, failed_on, failed_days
from library_outside;
create index links_outside_next on links_outside (next_at, href);
create index links_outside_host on links_outside (host, asked_at);
drop table library_outside;
