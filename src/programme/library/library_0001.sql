-- Guidance: a page, whatever its words and its address are now.
create table library_page (
    id           bigint not null primary key, -- made by the program, time-ordered
    path         text   not null unique,      -- its address: of the live version, else of the newest
    title        text   not null,             -- the same of its title
    live_number  bigint not null,             -- the version that the public reads; 0: none
    last_number  bigint not null,             -- of the newest version
    check_by_on  text   not null,             -- of the live version: the day to look at it again; '' none
    went_live_at bigint not null,             -- UTC seconds: when a version became live last; 0: none ever did
    pack_file    text   not null,             -- the file of a pack that it came from; '' none
    pack_sha     text   not null,             -- digest of that file as it was taken last
    pack_number  bigint not null,             -- the version made of it; 0: none
    pack_waits   bigint not null,             -- that version, while an editor has to decide on it; 0: none
    updated_at   bigint not null              -- UTC seconds: the newest version, or publication
);
create index library_page_updated on library_page (updated_at, id);
create index library_page_title on library_page (title, id);
create index library_page_check on library_page (check_by_on, id);
create index library_page_pack on library_page (pack_file);
create index library_page_waits on library_page (pack_waits, id);

-- The words of a page at one time. Nothing overwrites a row: a change is one row more.
create table library_version (
    page_id      bigint not null references library_page (id),
    number       bigint not null, -- from 1
    path         text   not null, -- the address that it asks for
    title        text   not null, -- its first heading
    summary      text   not null, -- one or two sentences
    stage        text   not null, -- code of a stage, '' none
    pillar       text   not null, -- code of a pillar, '' none
    position     bigint not null, -- its place among its like
    body         text   not null, -- Markdown
    steps        text   not null, -- what to do next: a link a line
    related      text   not null, -- addresses of related pages, a line each
    sources      text   not null, -- where the facts are from, a line each
    checked_on   text   not null, -- the day its facts were checked
    check_by_on  text   not null, -- the day to check them again
    origin       text   not null, -- editor, pack, back
    origin_note  text   not null, -- 'content 2026.1' of a pack, '3' of a version that it brings back
    note         text   not null, -- what changed, by who changed it
    made_by      bigint not null, -- person; 0: the program, or forgotten
    made_at      bigint not null, -- UTC seconds
    publish_at   bigint,          -- UTC seconds: when to make it live; null: nobody asked
    published_at bigint,          -- UTC seconds: when it became live; null: never
    primary key (page_id, number)
);
create index library_version_person on library_version (made_by, made_at);
create index library_version_asked on library_version (publish_at);
create index library_version_made on library_version (made_at);

-- An address that a page had. It leads to where the page is now.
create table library_redirect (
    path    text   not null primary key, -- as it was
    page_id bigint not null references library_page (id),
    made_at bigint not null -- UTC seconds
);

-- A link of a live page, as the last check found it.
create table library_link (
    page_id   bigint not null references library_page (id),
    href      text   not null, -- as it is written
    state     text   not null, -- ok, moved, broken, unchecked
    looked_at bigint not null, -- UTC seconds
    primary key (page_id, href)
);
create index library_link_state on library_link (state, looked_at, page_id, href);

-- A picture for pages.
create table library_picture (
    id       bigint not null primary key, -- of the file, in upload
    alt      text   not null,             -- what it shows, for who cannot see it
    added_at bigint not null              -- UTC seconds
);
create index library_picture_added on library_picture (added_at, id);
