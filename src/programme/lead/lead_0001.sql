-- Who is the local lead of an area, from when to when, and what people ask of them.

-- One person who leads one area in one theme for a time.  Rows are never moved to another area:
-- when an area ends, so does what is said of it, and who was the lead on a day stays known.
create table lead (
    organisation_id bigint not null references organisation (id), -- of the area
    id           bigint not null,          -- made by the program, in order of time
    area         text   not null,          -- code of the region, board, organisation or school
    theme        text   not null,          -- code of what they help with; 'all' for everything
    person_id    bigint not null references person (id),
    name         text   not null,          -- as the public reads it; '' when forgotten
    job_title    text   not null,          -- '' for none
    shows_email  bigint not null check (shows_email in (0, 1)), -- 1: they chose to show their address
    from_on      text   not null,          -- the first day
    to_on        text   not null,          -- the last day; '' while it goes on
    confirmed_at bigint not null,          -- UTC seconds; when it was last said that it is so
    confirm_by_on text  not null,          -- the last day on which it counts without being said again
    asked        bigint not null default 0 check (asked in (0, 1)), -- 1: they were asked to say so
    hidden_on    text   not null default '', -- from this day not shown, as it was not confirmed; '' shown
    primary key (organisation_id, id)
);
create unique index lead_by_id on lead (id);
create index lead_by_area on lead (area, from_on);
create index lead_by_person on lead (person_id);
create index lead_to_confirm on lead (confirm_by_on) where to_on = '' and hidden_on = '';
create index lead_ended on lead (to_on) where to_on <> '';

-- Days on which a lead is away, and who stands in.
create table lead_away (
    organisation_id bigint not null,       -- of the lead
    lead_id      bigint not null,          -- lead.id
    number       bigint not null,          -- 1, 2 ...
    from_on      text   not null,          -- the first day away
    to_on        text   not null,          -- the last day away
    cover_id     bigint references person (id), -- who stands in; null: nobody, or forgotten
    cover_name   text   not null,          -- as the public reads it; '' for nobody
    primary key (organisation_id, lead_id, number),
    foreign key (organisation_id, lead_id) references lead (organisation_id, id) on delete cascade
);
create index lead_away_cover on lead_away (cover_id);

-- A question that somebody asks of the lead of an area.
create table enquiry (
    organisation_id bigint not null references organisation (id), -- of the area
    id           bigint not null,          -- made by the program, in order of time
    reference    text   not null unique,   -- EN-XXXX-XXXX
    area         text   not null,          -- code
    place        text   not null,          -- what they looked for, as they know it
    theme        text   not null,          -- code; 'all' for anything
    question     text   not null,          -- '' when forgotten
    name         text   not null,          -- of who asks; '' when forgotten
    email        text   not null,          -- as typed; '' when forgotten
    email_key    text   not null,          -- in small letters
    person_id    bigint references person (id), -- who was signed in; null: nobody
    asker_hash   text   not null unique,   -- of the token of the asker's page and answers by mail
    holder_hash  text   not null unique,   -- of the token of the holder's answers by mail
    holder_id    bigint references person (id), -- who is to answer; null: whoever works for the area
    holder_name  text   not null,          -- '' for nobody, or when forgotten
    state        text   not null           -- code: where it stands
        check (state in ('unconfirmed', 'open', 'answered', 'closed')),
    asked_at     bigint not null,          -- UTC seconds; when it was sent
    began_at     bigint,                   -- UTC seconds; when its clock began, by confirming
    due_on       text   not null,          -- the day by which an answer should be there; '' before
    reminded     bigint not null default 0 check (reminded in (0, 1)), -- 1: the holder was reminded
    late_at      bigint,                   -- UTC seconds; when it was late and passed on; null: not
    answered_at  bigint,                   -- UTC seconds; the first answer
    closed_at    bigint,                   -- UTC seconds
    primary key (organisation_id, id)
);
create unique index enquiry_by_id on enquiry (id);
create index enquiry_by_area on enquiry (area, state, due_on);
create index enquiry_by_state on enquiry (state, due_on, id);
create index enquiry_by_email on enquiry (email_key, asked_at);
create index enquiry_by_person on enquiry (person_id);
create index enquiry_by_holder on enquiry (holder_id);
create index enquiry_answered on enquiry (answered_at) where answered_at is not null;
create index enquiry_closed on enquiry (closed_at) where closed_at is not null;
create index enquiry_due on enquiry (due_on) where state = 'open';

-- What happened to a question: nothing is overwritten.
create table enquiry_event (
    organisation_id bigint not null,       -- of the enquiry
    enquiry_id   bigint not null,          -- enquiry.id
    number       bigint not null,          -- 1, 2 ...
    at           bigint not null,          -- UTC seconds
    kind         text   not null,          -- code: asked, began, passed, answered, more, late, apart ...
    by_whom      text   not null,          -- the name of who did it; '' for the service, or forgotten
    person_id    bigint references person (id), -- who did it, when they have an account
    text         text   not null,          -- what was written; '' for none, or when forgotten
    whole        text   not null,          -- of a mail: all that it said, with what it quotes; ''
    sender       text   not null,          -- of a mail kept apart: the address that it is from; ''
    digest       text   not null,          -- of a mail: of its bytes; '' for what was no mail
    primary key (organisation_id, enquiry_id, number),
    foreign key (organisation_id, enquiry_id)
        references enquiry (organisation_id, id) on delete cascade
);
create unique index enquiry_event_mail on enquiry_event (enquiry_id, digest) where digest <> '';
create index enquiry_event_person on enquiry_event (person_id);
create index enquiry_event_sender on enquiry_event (sender) where sender <> '';
