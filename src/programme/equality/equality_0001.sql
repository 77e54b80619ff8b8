-- Answers to equality questions.  This table alone names nobody: a person, a draft or a reference
-- stands in it as a keyed hash whose key is in the next table.  Nobody but equality/ reads either.
create table equality_answer (
    pseudonym   text   not null, -- keyed hash of whose answer it is
    question    text   not null, -- code of the pack: "ethnicity"
    answer      text   not null, -- code of the pack; "prefer-not" is an answer, no row is none
    edition     text   not null, -- version of the pack
    answered_on text   not null, -- YYYY-MM-DD: a day, so that no time leads to a person
    is_draft    bigint not null check (is_draft in (0, 1)), -- 1: of a journey that is not finished
    primary key (pseudonym, question)
);
create index equality_answer_drafts on equality_answer (answered_on) where is_draft = 1;

-- The key of the hashes.  One row, shared by all nodes.
create table equality_secret (
    id     bigint not null primary key check (id = 1), -- there is one
    secret text   not null                             -- 32 random bytes as hexadecimal digits
);
