-- A pledge of one organisation. The row holds what does not change, and, for the register and the
-- queues, what follows from its events.
create table pledge (
    organisation_id   bigint not null,                 -- organisation.id
    id                bigint not null,                 -- made by the program, time-ordered
    reference         text   not null,                 -- PL-XXXX-XXXX, its public name
    code              text   not null,                 -- for /verify/CODE
    framework         text   not null,                 -- code of the framework's pack
    framework_version text   not null,
    wording           text   not null,                 -- code of the wording in that version
    created_at        bigint not null,                 -- UTC seconds
    revision          bigint not null,                 -- 1, and one more each time it is sent again
    state             text   not null,                 -- derived: pledge_state_code
    state_at          bigint not null,                 -- UTC seconds of the newest event
    is_live           bigint not null check (is_live in (0, 1)),
    is_public         bigint not null check (is_public in (0, 1)), -- was published, ever
    signed_on         text,                            -- YYYY-MM-DD, London; null until signed
    published_at      bigint,                          -- UTC seconds of the first publication
    name              text   not null,                 -- of the organisation, for the register
    name_key          text   not null,                 -- human order
    town              text   not null,
    organisation_code text   not null,
    kind              text   not null,                 -- of organisation, code
    board             text   not null,                 -- code of its board; '' when not known
    region            text   not null,                 -- code of its region; '' when not known
    action_count      bigint not null,                 -- in the plan of this revision
    primary key (organisation_id, id)
);
create unique index pledge_id on pledge (id);
create unique index pledge_reference on pledge (reference);
create unique index pledge_code on pledge (code);
create unique index pledge_one_live on pledge (organisation_id) where is_live = 1;
create index pledge_register_newest on pledge (is_public, signed_on, id);
create index pledge_register_name on pledge (is_public, name_key, id);
create index pledge_register_region on pledge (is_public, region, signed_on, id);
create index pledge_register_board on pledge (is_public, board, signed_on, id);
create index pledge_queue on pledge (state, state_at, id);
create index pledge_queue_all on pledge (state_at, id);

-- What was sent and signed: one row each time the pledge was sent.
create table pledge_revision (
    organisation_id bigint not null,
    pledge_id       bigint not null,
    revision        bigint not null,
    sent_at         bigint not null, -- UTC seconds
    text            text   not null, -- exactly what is signed, with all names
    public_text     text   not null, -- the same without the names that are not shown
    text_digest     text   not null, -- SHA-256 of text, hexadecimal
    statement       text   not null,
    leader_name     text   not null,
    leader_title    text   not null,
    leader_email    text   not null,
    has_union       bigint not null check (has_union in (0, 1)),
    union_code      text   not null,
    union_name      text   not null,
    cosigner_name   text   not null,
    cosigner_title  text   not null,
    cosigner_email  text   not null,
    no_union_reason text   not null,
    shows_leader    bigint not null check (shows_leader in (0, 1)),
    shows_cosigner  bigint not null check (shows_cosigner in (0, 1)),
    shows_leads     bigint not null check (shows_leads in (0, 1)),
    plan_upload_id  bigint not null, -- upload.id; 0: none
    primary key (organisation_id, pledge_id, revision),
    foreign key (organisation_id, pledge_id) references pledge (organisation_id, id)
);

-- The strategic intentions that a revision covers.
create table pledge_intention (
    organisation_id bigint not null,
    pledge_id       bigint not null,
    revision        bigint not null,
    intention       text   not null, -- code in the framework
    position        bigint not null, -- order in the framework
    primary key (organisation_id, pledge_id, revision, intention),
    foreign key (organisation_id, pledge_id) references pledge (organisation_id, id)
);
create index pledge_intention_code on pledge_intention (intention, pledge_id, revision);

-- The action plan of a revision.
create table pledge_action (
    organisation_id bigint not null,
    pledge_id       bigint not null,
    revision        bigint not null,
    position        bigint not null, -- from 1
    intention       text   not null, -- code
    standard        text   not null, -- code of the library's action; '' for one of their own
    baseline        text   not null,
    action          text   not null,
    measure         text   not null,
    target          text   not null,
    lead            text   not null, -- who leads it: a person or a post
    partners        text   not null,
    start_on        text   not null, -- YYYY-MM-DD
    due_on          text   not null, -- YYYY-MM-DD
    primary key (organisation_id, pledge_id, revision, position),
    foreign key (organisation_id, pledge_id) references pledge (organisation_id, id)
);

-- Links by which signatories confirm. Only the hash of the token is kept.
create table pledge_link (
    token_hash      text   not null primary key,
    organisation_id bigint not null,
    pledge_id       bigint not null,
    revision        bigint not null,
    role            text   not null check (role in ('leader', 'cosigner', 'amend')),
    created_at      bigint not null, -- UTC seconds
    expires_at      bigint not null, -- UTC seconds
    used_at         bigint,          -- UTC seconds of the signature or the refusal
    ended_at        bigint,          -- UTC seconds: another link took its place
    foreign key (organisation_id, pledge_id) references pledge (organisation_id, id)
);
create index pledge_link_pledge on pledge_link (organisation_id, pledge_id, role);

-- What happened, in order, each event chained to the one before it by its digest.
create table pledge_event (
    organisation_id bigint not null,
    pledge_id       bigint not null,
    number          bigint not null, -- from 1, without gaps
    kind            text   not null, -- pledge_event_code
    revision        bigint not null,
    at              bigint not null, -- UTC seconds
    role            text   not null, -- 'leader', 'cosigner', 'sender', 'programme'
    person_id       bigint not null, -- who was signed in; 0: came by a link
    reason          text   not null, -- '' for none; not part of the public view
    text_digest     text   not null, -- of the text that the event is about
    previous        text   not null, -- digest of the event before; '' for the first
    digest          text   not null, -- see pledge_chain.c
    primary key (organisation_id, pledge_id, number),
    foreign key (organisation_id, pledge_id) references pledge (organisation_id, id)
);

-- Folded words by which the register is searched: of name, town, code and reference.
create table pledge_word (
    word            text   not null,
    pledge_id       bigint not null,
    organisation_id bigint not null,
    primary key (word, pledge_id)
);
create index pledge_word_pledge on pledge_word (pledge_id);
