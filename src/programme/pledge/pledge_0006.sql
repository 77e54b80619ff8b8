-- Handing a side over by a mailed link, where a pledge went when its organisation changed or when it
-- was a duplicate, and who says that a pledge was not made by its organisation.

-- hash_token of the token in the link by which the person answers; '' for none.
alter table pledge_party add column token_hash text not null default '';
-- UTC seconds until which the link works.
alter table pledge_party add column expires_at bigint not null default 0;
-- person.id of who asked; 0: nobody was signed in.
alter table pledge_party add column asked_by bigint not null default 0;
create unique index pledge_party_token on pledge_party (token_hash) where token_hash <> '';
create index pledge_party_asked_by on pledge_party (asked_by) where asked_by <> 0;
create index pledge_into on pledge (into_reference) where into_reference <> '';

-- A pledge went to another organisation, or into another pledge.
create table pledge_passage (
    organisation_id bigint not null, -- of the pledge
    pledge_id       bigint not null, -- pledge.id
    number          bigint not null, -- of its event
    kind            text   not null check (kind in ('carried', 'merged')), -- to whom, or into which
    why             text   not null check (why in ('succession', 'split', 'undone', 'duplicate')), -- by a rule, by a choice of staff, back, or one twice
    from_id         bigint not null references organisation (id), -- who held it until then
    to_id           bigint not null references organisation (id), -- who holds it, or what it went into
    on_day          text   not null, -- YYYY-MM-DD: the first day of who took over
    into_reference  text   not null, -- of the pledge that it went into; '' when it was carried over
    settled_at      bigint,          -- UTC seconds: the succession was taken back, and staff have looked
    primary key (organisation_id, pledge_id, number),
    foreign key (organisation_id, pledge_id) references pledge (organisation_id, id)
);
create index pledge_passage_from on pledge_passage (from_id, to_id);
create index pledge_passage_to on pledge_passage (to_id);

-- Somebody says that a pledge was not made by its organisation.
create table pledge_dispute (
    organisation_id bigint not null, -- of the pledge
    pledge_id       bigint not null, -- pledge.id
    id              bigint not null, -- made by the program, time-ordered
    reference       text   not null, -- DP-XXXX-XXXX
    raised_at       bigint not null, -- UTC seconds
    due_on          text   not null, -- YYYY-MM-DD by which it is decided
    state           text   not null check (state in ('open', 'no-ground', 'not-made')), -- or what was decided
    why             text   not null, -- code of what is wrong
    words           text   not null, -- what happened, as they say
    name            text   not null, -- of who says so
    job_title       text   not null, -- what they do there
    email           text   not null, -- never public
    email_key       text   not null, -- the same in small letters
    phone           text   not null, -- '' for none
    decided_at      bigint,          -- UTC seconds; null while open
    answer          text   not null, -- what they were told; '' while open
    primary key (organisation_id, pledge_id, id),
    foreign key (organisation_id, pledge_id) references pledge (organisation_id, id)
);
create unique index pledge_dispute_reference on pledge_dispute (reference);
create index pledge_dispute_queue on pledge_dispute (state, due_on, id);
create index pledge_dispute_newest on pledge_dispute (raised_at, id);
create index pledge_dispute_due on pledge_dispute (due_on, id);
create index pledge_dispute_email on pledge_dispute (email_key, raised_at);
create index pledge_dispute_decided on pledge_dispute (decided_at) where decided_at is not null;
