-- What was done and seen: one chain of events an organisation, and one of the programme itself.
-- Events are added and never changed, but for their detail, which can be forgotten.

-- The end of each chain.
create table audit_chain (
    chain  text   not null primary key, -- code of an organisation; '' for the programme's own
    number bigint not null,             -- of the newest event; 0: none yet
    digest text   not null              -- of the newest event; '' before the first
);

-- One event. Its digest is made of everything but the detail itself, see audit.c.
create table audit_event (
    chain         text   not null references audit_chain (chain), -- where it belongs
    number        bigint not null, -- in its chain, from 1, without gaps
    id            bigint not null unique, -- made by the program, in order of time over all chains
    at            bigint not null, -- UTC seconds
    what          text   not null, -- code of an audit_kind
    actor_id      bigint not null, -- person.id of who did it; 0: the program, or an operator by command
    role          text   not null, -- code of the role used; '' for none
    subject_id    bigint not null, -- person.id of whom it is about; 0: about nobody
    thing         text   not null, -- what it is about: a reference, a code; '' for none
    detail        text   not null, -- JSON: purpose, before, after; '' for none or when forgotten
    detail_salt   text   not null, -- random, so that a short detail cannot be guessed from its digest
    detail_digest text   not null, -- SHA-256 of salt and detail; '' when there was none
    previous      text   not null, -- digest of the event before; '' for the first
    digest        text   not null, -- see audit.c
    primary key (chain, number)
);
create index audit_event_subject on audit_event (subject_id, id);
create index audit_event_actor on audit_event (actor_id, id);
create index audit_event_chain on audit_event (chain, id);
create index audit_event_thing on audit_event (thing, id);
