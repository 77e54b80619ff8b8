-- The public log: what happened in public, as a Merkle tree (RFC 9162) with signed heads. Nothing in
-- it names a person. Entries, nodes and heads are added and never changed.

-- What happened and is not in the tree yet. It comes in the transaction of the deed and goes when
-- a job has taken it in.
create table ledger_waiting (
    id      bigint not null primary key, -- made by the program, time-ordered
    kind    text   not null,             -- 'pledge', 'individual', 'snapshot' ...: see ledger.h
    subject text   not null,             -- public reference of what it is about
    digest  text   not null,             -- SHA-256 of what happened, hexadecimal
    at      bigint not null              -- UTC seconds
);

-- The leaves of the tree.
create table ledger_entry (
    number  bigint not null primary key, -- from 0, without gaps
    kind    text   not null,             -- as in ledger_waiting
    subject text   not null,             -- as in ledger_waiting
    digest  text   not null,             -- as in ledger_waiting
    at      bigint not null,             -- UTC seconds, when it happened
    leaf    text   not null              -- hash of the leaf, hexadecimal: see ledger_tree.h
);
create unique index ledger_entry_fact on ledger_entry (digest, subject, kind);
create index ledger_entry_subject on ledger_entry (subject, number);
create index ledger_entry_kind on ledger_entry (kind, number);

-- The roots of complete subtrees of two leaves and more.
create table ledger_node (
    level bigint not null, -- it has 2 to the power of this many leaves; from 1
    place bigint not null, -- from 0, from the left among those of its level
    hash  text   not null, -- hexadecimal
    primary key (level, place)
);

-- The tree as it was signed: one each time that entries came in.
create table ledger_head (
    number    bigint not null primary key, -- from 1, without gaps
    size      bigint not null unique,      -- how many entries it covers
    root      text   not null,             -- of the tree, hexadecimal
    at        bigint not null,             -- UTC seconds
    previous  text   not null,             -- digest of the head before; '' for the first
    digest    text   not null,             -- SHA-256 of what is signed: see ledger_head.c
    key_id    text   not null,             -- of ledger_key
    signature text   not null              -- Ed25519, base64url
);

-- The keys that sign. The newest signs; each one but the first was signed by the one before it.
create table ledger_key (
    number     bigint not null primary key, -- from 1, without gaps
    id         text   not null unique,      -- first 16 digits of the SHA-256 of the public key
    public_key text   not null,             -- Ed25519, base64url
    secret     text   not null,             -- 32 bytes, hexadecimal; '' once another took over
    from_at    bigint not null,             -- UTC seconds
    until_at   bigint,                      -- UTC seconds; null: it signs now
    signed_by  text   not null,             -- id of the key that let this one in; its own for the first
    signature  text   not null              -- by that key, base64url: see ledger_key.c
);
