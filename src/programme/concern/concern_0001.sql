-- Safeguarding concerns, kept apart from everything else.  One goes only when the rule of retention
-- says so and nothing holds it, and then whole: what hangs on it goes with it.

-- A concern that somebody raised.
create table concern (
    organisation_id bigint not null references organisation (id), -- where it belongs
    id              bigint not null unique,                       -- made by the program
    reference       text   not null unique,                       -- SC-XXXX-XXXX
    organisation    text   not null,                              -- its code
    raised_by       bigint not null references person (id),       -- who raised it
    raised_at       bigint not null,                              -- UTC seconds
    in_danger       bigint not null check (in_danger in (0, 1)),  -- 1: somebody was in danger then
    about           text   not null,                              -- who or what, as it was typed
    happened        text   not null,                              -- when, as it was typed
    may_contact     bigint not null check (may_contact in (0, 1)), -- 1: whoever raised it may be asked
    contact         text   not null,                              -- how; '' for none
    about_lead      text   not null check (about_lead in ('no', 'organisation', 'board', 'region', 'national')), -- the safeguarding lead of which part it is about
    told            text   not null,                              -- level of the lead who was told; 'none'
    seen_at         bigint,                                       -- UTC seconds; null: no lead has yet
    state           text   not null check (state in ('new', 'open', 'closed')), -- follows from events
    closed_at       bigint,                                       -- UTC seconds; null: not closed
    primary key (organisation_id, id)
);
create index concern_by_raiser on concern (raised_by, id);
create index concern_by_state on concern (state, raised_at);
create index concern_by_code on concern (organisation, id);
create index concern_unseen on concern (raised_at) where seen_at is null;

-- What was done about it.  Rows are added and never changed.
create table concern_event (
    concern_id bigint not null references concern (id) on delete cascade,
    number     bigint not null,                         -- from 1, without gaps
    at         bigint not null,                         -- UTC seconds
    kind       text   not null,                         -- "note", "action", "referral", "closed", "opened"
    body       text   not null,                         -- who it was referred to: a code; '' for none
    text       text   not null,                         -- as it was typed
    person_id  bigint not null references person (id),  -- who did it
    primary key (concern_id, number)
);
create index concern_event_by_person on concern_event (person_id);

-- From whom it is kept, because it may be about them: the safeguarding leads of that part on the day.
create table concern_kept_from (
    concern_id bigint not null references concern (id) on delete cascade,
    person_id  bigint not null references person (id),  -- sees nothing of it, in no role
    primary key (concern_id, person_id)
);
create index concern_kept_from_by_person on concern_kept_from (person_id);

-- Who was told of it by mail, without what it says.
create table concern_told (
    concern_id bigint not null references concern (id) on delete cascade,
    person_id  bigint not null references person (id),
    mail_key   text   not null,                         -- of the message
    primary key (concern_id, person_id)
);
create index concern_told_by_person on concern_told (person_id);

-- Who reads a concern, what for, and until when: a purpose is asked before it is shown.
create table concern_reading (
    concern_id bigint not null references concern (id) on delete cascade,
    person_id  bigint not null references person (id),
    purpose    text   not null check (purpose <> ''),   -- as it was typed
    until_at   bigint not null,                         -- UTC seconds; asked again from then on
    primary key (concern_id, person_id)
);
create index concern_reading_by_person on concern_reading (person_id);
