-- The pledge of one person. A row begins when it is sent; it counts once its address is confirmed. A
-- person can have sent several, of which one at most counts. When one is withdrawn, or its writer is
-- erased, all that they wrote goes, and what is left names nobody.
create table individual (
    id                bigint not null primary key, -- made by the program, time-ordered
    reference         text   not null,             -- IP-XXXX-XXXX
    code              text   not null,             -- for /verify/CODE
    framework         text   not null,             -- code of the framework's pack
    framework_version text   not null,             -- version of that pack
    wording           text   not null,             -- code of the wording in that version
    state             text   not null check (state in ('unconfirmed', 'confirmed', 'withdrawn')), -- where it stands
    sent_at           bigint not null,             -- UTC seconds
    email             text   not null,             -- never public; '' once withdrawn
    email_key         text   not null,             -- the same in small letters; '' once withdrawn
    name              text   not null,             -- of the person, as typed; '' once withdrawn
    role              text   not null,             -- what they do; '' for none
    band              text   not null,             -- code of a pay band; '' for none
    employer_code     text   not null,             -- organisation.code where it was found there; ''
    employer          text   not null,             -- its name when it was signed, or as typed; ''
    statement         text   not null,             -- in their own words; '' for none
    intentions        text   not null,             -- codes in the framework, parted by spaces
    intention_names   text   not null,             -- what these were called then, parted by '; '
    shows_name        bigint not null check (shows_name in (0, 1)), -- 1: the public may read it
    shows_role        bigint not null check (shows_role in (0, 1)), -- the same
    shows_band        bigint not null check (shows_band in (0, 1)), -- the same
    shows_employer    bigint not null check (shows_employer in (0, 1)), -- the same
    shows_statement   bigint not null check (shows_statement in (0, 1)), -- the same
    shows_intentions  bigint not null check (shows_intentions in (0, 1)), -- the same
    is_listed         bigint not null check (is_listed in (0, 1)), -- derived: 1: the public may read something of it
    remind_on         text,                        -- YYYY-MM-DD that they chose; null: no reminder
    reminded_at       bigint,                      -- UTC seconds of the reminder; null: none yet
    text              text   not null,             -- exactly what was signed, with a mark that nobody can guess; '' once withdrawn
    text_digest       text   not null,             -- SHA-256 of the text, hexadecimal
    link_hash         text   not null,             -- of the link that was mailed when it was sent
    later_hash        text,                        -- of the newest link given after that; null: none
    code_hash         text   not null,             -- keyed hash of the code that was mailed
    code_tries        bigint not null,             -- how often a wrong code was typed
    tried_by          text   not null,             -- hash of the address of whoever typed the last wrong one; ''
    tried_at          bigint not null,             -- UTC seconds of it; 0
    confirmed_at      bigint,                      -- UTC seconds; null: not confirmed
    signed_on         text   not null,             -- YYYY-MM-DD, London, of the confirmation; '' before
    key_id            text   not null,             -- of the key that signed the record; '' before
    signature         text   not null,             -- of the digest of its signing (individual.h); '' before
    withdrawn_at      bigint                       -- UTC seconds; null: it stands, or never did
);
create unique index individual_reference on individual (reference);
create unique index individual_code on individual (code);
create unique index individual_link on individual (link_hash);
create unique index individual_later on individual (later_hash) where later_hash is not null;
create unique index individual_once on individual (email_key, framework) where state = 'confirmed';
create index individual_sent on individual (email_key, sent_at) where state <> 'withdrawn';
create index individual_listed on individual (confirmed_at, id) where state = 'confirmed' and is_listed = 1;
create index individual_reminder on individual (remind_on, id) where state = 'confirmed' and reminded_at is null;
create index individual_tried on individual (tried_by, tried_at) where tried_by <> '';
