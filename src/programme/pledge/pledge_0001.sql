-- A pledge of one organisation. The row holds what does not change, and, for the register and the
-- queues, what follows from its events.
create table pledge (
    organisation_id   bigint not null,                 -- organisation.id
    id                bigint not null,                 -- made by the program, time-ordered
    reference         text   not null,                 -- PL-XXXX-XXXX, its public name
    code              text   not null,                 -- for /verify/CODE
    framework         text   not null,                 -- code of the framework's pack
    framework_version text   not null, -- version of that pack
    wording           text   not null,                 -- code of the wording in that version
    created_at        bigint not null,                 -- UTC seconds
    revision          bigint not null,                 -- 1, and one more each time it is sent again
    state             text   not null,                 -- derived: pledge_state_code
    state_at          bigint not null,                 -- UTC seconds of the newest event
    is_live           bigint not null check (is_live in (0, 1)), -- 1: in a state that keeps another pledge of the organisation out
    is_public         bigint not null check (is_public in (0, 1)), -- was published, ever
    signed_on         text,                            -- YYYY-MM-DD, London; null until signed
    published_at      bigint,                          -- UTC seconds of the first publication
    name              text   not null,                 -- of the organisation, for the register
    name_key          text   not null,                 -- human order
    town              text   not null, -- of the organisation, for the register
    organisation_code text   not null, -- of the organisation, for the register
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
    organisation_id bigint not null, -- of the pledge
    pledge_id       bigint not null, -- pledge.id
    revision        bigint not null, -- of the pledge, from 1
    sent_at         bigint not null, -- UTC seconds
    text            text   not null, -- exactly what is signed, with all names
    public_text     text   not null, -- the same without the names that are not shown
    text_digest     text   not null, -- SHA-256 of text, hexadecimal
    statement       text   not null, -- in their own words; '' for none
    leader_name     text   not null, -- who signs for the employer
    leader_title    text   not null, -- job title
    leader_email    text   not null, -- never public
    has_union       bigint not null check (has_union in (0, 1)), -- 1: the staff side signs too
    union_code      text   not null, -- in the framework; '' without a staff side
    union_name      text   not null, -- as it is shown
    cosigner_name   text   not null, -- who signs for the staff side
    cosigner_title  text   not null, -- role in the staff side
    cosigner_email  text   not null, -- never public
    no_union_reason text   not null, -- why nobody signs for the staff side; '' when somebody does
    shows_leader    bigint not null check (shows_leader in (0, 1)), -- 1: the public may read the name
    shows_cosigner  bigint not null check (shows_cosigner in (0, 1)), -- 1: the public may read the name
    shows_leads     bigint not null check (shows_leads in (0, 1)), -- 1: the public may read who leads each action
    plan_upload_id  bigint not null, -- upload.id; 0: none
    primary key (organisation_id, pledge_id, revision),
    foreign key (organisation_id, pledge_id) references pledge (organisation_id, id)
);

-- The strategic intentions that a revision covers.
create table pledge_intention (
    organisation_id bigint not null, -- of the pledge
    pledge_id       bigint not null, -- pledge.id
    revision        bigint not null, -- of the pledge, from 1
    intention       text   not null, -- code in the framework
    position        bigint not null, -- order in the framework
    primary key (organisation_id, pledge_id, revision, intention),
    foreign key (organisation_id, pledge_id) references pledge (organisation_id, id)
);
create index pledge_intention_code on pledge_intention (intention, pledge_id, revision);

-- The action plan of a revision.
create table pledge_action (
    organisation_id bigint not null, -- of the pledge
    pledge_id       bigint not null, -- pledge.id
    revision        bigint not null, -- of the pledge, from 1
    position        bigint not null, -- from 1
    intention       text   not null, -- code
    standard        text   not null, -- code of the library's action; '' for one of their own
    baseline        text   not null, -- where they were when they sent it
    action          text   not null, -- what they will do
    measure         text   not null, -- what is counted
    target          text   not null, -- in words
    lead            text   not null, -- who leads it: a person or a post
    partners        text   not null, -- '' for none
    start_on        text   not null, -- YYYY-MM-DD
    due_on          text   not null, -- YYYY-MM-DD
    primary key (organisation_id, pledge_id, revision, position),
    foreign key (organisation_id, pledge_id) references pledge (organisation_id, id)
);

-- Links by which signatories confirm. Only the hash of the token is kept.
create table pledge_link (
    token_hash      text   not null primary key, -- hash_token of the token in the link
    organisation_id bigint not null, -- of the pledge
    pledge_id       bigint not null, -- pledge.id
    revision        bigint not null, -- of the pledge, from 1
    role            text   not null check (role in ('leader', 'cosigner', 'amend')), -- who may use it, and for what
    created_at      bigint not null, -- UTC seconds
    expires_at      bigint not null, -- UTC seconds
    used_at         bigint,          -- UTC seconds of the signature or the refusal
    ended_at        bigint,          -- UTC seconds: another link took its place
    foreign key (organisation_id, pledge_id) references pledge (organisation_id, id)
);
create index pledge_link_pledge on pledge_link (organisation_id, pledge_id, role);

-- What happened, in order, each event chained to the one before it by its digest.
create table pledge_event (
    organisation_id bigint not null, -- of the pledge
    pledge_id       bigint not null, -- pledge.id
    number          bigint not null, -- from 1, without gaps
    kind            text   not null, -- pledge_event_code
    revision        bigint not null, -- of the pledge, from 1
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
    word            text   not null, -- folded
    pledge_id       bigint not null, -- pledge.id
    organisation_id bigint not null, -- of the pledge
    primary key (word, pledge_id)
);
create index pledge_word_pledge on pledge_word (pledge_id);
