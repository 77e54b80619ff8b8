-- Looking at the record of deeds, and opening a record in an emergency.

-- Which looks were noted of late, so that one search is one event and not one a page.  Rows go
-- after a day.
create table oversight_look (
    person_id bigint not null references person (id), -- who looked
    look      text   not null,                        -- digest of what was looked at
    noted_at  bigint not null,                        -- UTC seconds
    primary key (person_id, look)
);
create index oversight_look_by_time on oversight_look (noted_at);

-- A record that is opened in an emergency by somebody who may not see it otherwise.  Rows go
-- in their time, by the retention rule "glass".
create table oversight_glass (
    id          bigint not null primary key,             -- made by the program
    reference   text   not null unique,                  -- BG-XXXX-XXXX
    actor_id    bigint not null references person (id),  -- who asked
    kind        text   not null,                         -- code of the kind of record: "person"
    thing       text   not null,                         -- its number or reference, nothing else
    reason      text   not null check (reason <> ''),    -- as it was typed
    opened_at   bigint not null,                         -- UTC seconds
    ends_at     bigint not null,                         -- UTC seconds; shown no more from then on
    reviewed_at bigint,                                  -- UTC seconds; null: waits for a review
    reviewed_by bigint references person (id),           -- who looked it over
    review      text   not null default ''               -- what was found
);
create index oversight_glass_by_actor on oversight_glass (actor_id, id);
create index oversight_glass_by_reviewer on oversight_glass (reviewed_by)
    where reviewed_by is not null;
create index oversight_glass_to_review on oversight_glass (opened_at)
    where reviewed_at is null;
