-- What stops the removal of records, what was removed, and what people said about the use of their
-- data.

-- A legal hold: while it stands, nothing of what it names is removed or made unreadable.
create table privacy_hold (
    id              bigint not null primary key, -- made by the program
    kind            text   not null check (kind in ('person', 'organisation', 'thing')), -- what it holds
    person_id       bigint,          -- person.id; null: a person without an account, or no person
    email_key       text,            -- the person's address in small letters; null: no person
    code            text,            -- code of an organisation, or reference of a thing; null: a person
    reason          text   not null, -- as it was typed
    placed_by       bigint not null, -- person.id; 0: the program
    placed_at       bigint not null, -- UTC seconds
    released_by     bigint,          -- person.id; null while it stands
    released_at     bigint,          -- UTC seconds; null while it stands
    released_reason text             -- as it was typed; null while it stands
);
create index privacy_hold_person on privacy_hold (person_id) where released_at is null;
create index privacy_hold_email on privacy_hold (email_key) where released_at is null;
create index privacy_hold_code on privacy_hold (code) where released_at is null;
create index privacy_hold_newest on privacy_hold (placed_at, id);
create index privacy_hold_released on privacy_hold (released_at) where released_at is not null;
create index privacy_hold_of_person on privacy_hold (person_id, id);
create index privacy_hold_of_email on privacy_hold (email_key, id);

-- How much the retention rules removed: counts, and nothing of what it was.
create table privacy_removal (
    day        text   not null, -- YYYY-MM-DD, London
    rule       text   not null, -- code in the retention pack
    table_name text   not null, -- of the holding
    row_count  bigint not null, -- rows deleted or made unreadable on that day
    primary key (day, rule, table_name)
);

-- The newest run of the retention rules; one row.
create table privacy_run (
    id     bigint not null primary key check (id = 1), -- there is one
    ran_at bigint not null                             -- UTC seconds of the last whole run
);

-- What a person asked not to be done with their data, and was agreed.
create table privacy_restriction (
    id        bigint not null primary key, -- made by the program
    person_id bigint,                      -- person.id; null: has no account
    email_key text   not null,             -- the address in small letters
    kind      text   not null check (kind in ('restrict', 'object')), -- stop all use, or one purpose
    purpose   text   not null,             -- table of the holding it is about; '' for all
    reference text   not null,             -- of the request
    from_at   bigint not null,             -- UTC seconds
    until_at  bigint                       -- UTC seconds; null: it stands
);
create index privacy_restriction_person on privacy_restriction (person_id, id);
create index privacy_restriction_email on privacy_restriction (email_key, id);
create index privacy_restriction_ended on privacy_restriction (until_at) where until_at is not null;

-- What somebody agreed to, or took back: events, added and never changed.
create table privacy_consent (
    id          bigint not null primary key, -- made by the program, in order of time
    at          bigint not null, -- UTC seconds when it was said
    what        text   not null check (what in ('given', 'withdrawn')), -- which of the two
    wording     text   not null, -- code in the consent pack
    version     text   not null, -- of that pack: the exact words
    thing       text   not null, -- reference of what it is for: an application, a story
    about_id    bigint,          -- person.id of whom it is about; null: has no account
    about_name  text   not null, -- of whom it is about; '' once forgotten
    about_key   text   not null, -- their address in small letters; '' when not known
    capacity    text   not null check (capacity in ('self', 'guardian', 'employer')), -- as what they speak
    by_name     text   not null, -- who said it; '' once forgotten
    by_key      text   not null, -- their address in small letters; '' when not known
    channel     text   not null check (channel in ('web', 'paper', 'phone', 'email')), -- how it came
    noted_by    bigint not null  -- person.id of who wrote it down; 0: they themselves, by a link
);
create index privacy_consent_thing on privacy_consent (thing, wording, id);
create index privacy_consent_about on privacy_consent (about_id, id);
create index privacy_consent_about_key on privacy_consent (about_key, id);
create index privacy_consent_by_key on privacy_consent (by_key, id);
