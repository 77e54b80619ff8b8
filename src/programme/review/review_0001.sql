-- The yearly review of a pledge, one a period. Whether it is open, signed or lapsed follows from the
-- pledge's chain.
create table review (
    organisation_id bigint not null, -- of the pledge, see pledge.organisation_id
    pledge_id       bigint not null, -- pledge.id
    period          bigint not null, -- pledge.period that it looks back on
    opened_at       bigint not null, -- UTC seconds
    due_on          text   not null, -- YYYY-MM-DD: signed later it is late
    lapses_on       text   not null, -- YYYY-MM-DD: the last day on which it can be signed
    warn_on         text   not null, -- YYYY-MM-DD: from then on it lapses within a month
    last_warn_on    text   not null, -- YYYY-MM-DD: from then on it lapses within a week
    warned          bigint not null, -- mails that said so: 0, 1, or 2 with the last
    extended_at     bigint,          -- UTC seconds; null: the programme gave no more time
    extended_reason text   not null, -- public; '' for none
    primary key (organisation_id, pledge_id, period)
);

-- What was sent to be signed. Sent again it is another version, and those before are void.
create table review_version (
    organisation_id bigint not null, -- of the review
    pledge_id       bigint not null, -- of the review
    period          bigint not null, -- of the review
    version         bigint not null, -- from 1
    sent_at         bigint not null, -- UTC seconds
    sent_by         bigint not null, -- person.id; 0: was recorded
    statement       text   not null, -- how the year went
    changes         text   not null, -- what changes in the next year
    late_reason     text   not null, -- why it comes late; '' when it was sent in time
    text            text   not null, -- the exact words that are signed; they name offices, no people
    text_digest     text   not null, -- SHA-256 of text, hexadecimal
    declined_at     bigint,          -- UTC seconds; null: nobody sent it back
    declined_role   text   not null, -- 'leader', 'cosigner'; '' for nobody
    declined_reason text   not null, -- for those who change it; '' for none
    primary key (organisation_id, pledge_id, period, version)
);
create index review_version_sender on review_version (sent_by);

-- The narrative of one intention in a version.
create table review_part (
    organisation_id bigint not null, -- of the review
    pledge_id       bigint not null, -- of the review
    period          bigint not null, -- of the review
    version         bigint not null, -- of the review
    position        bigint not null, -- from 1, in the order of the pledge
    intention       text   not null, -- code in the framework
    done            text   not null, -- what was done
    next            text   not null, -- what comes next
    primary key (organisation_id, pledge_id, period, version, position)
);

-- Who signed a version.
create table review_signature (
    organisation_id bigint not null, -- of the review
    pledge_id       bigint not null, -- of the review
    period          bigint not null, -- of the review
    version         bigint not null, -- of the review
    role            text   not null check (role in ('leader', 'cosigner')), -- the side
    signed_at       bigint not null, -- UTC seconds
    office          text   not null, -- job title, or role in the staff side
    name            text   not null, -- public only where the pledge shows that side's name
    email_key       text   not null, -- in small letters, so that nobody signs for both; '' once erased
    person_id       bigint not null, -- who was signed in; 0: came by a link
    primary key (organisation_id, pledge_id, period, version, role)
);
create index review_signature_email on review_signature (email_key);
create index review_signature_person on review_signature (person_id);

-- Links by which a version is signed or sent back, or by which a side comes to write. Only the hash of
-- the token is kept.
create table review_link (
    token_hash      text   not null primary key, -- hash_token of the token in the link
    organisation_id bigint not null, -- of the review
    pledge_id       bigint not null, -- of the review
    period          bigint not null, -- of the review
    version         bigint not null, -- of the review; 0: to write it, not to sign
    role            text   not null check (role in ('leader', 'cosigner')), -- the side
    holder          text   not null, -- hash of token and address: the link ends with a handing over
    created_at      bigint not null, -- UTC seconds
    expires_at      bigint not null, -- UTC seconds
    ended_at        bigint           -- UTC seconds: another link took its place
);
create index review_link_version on review_link (organisation_id, pledge_id, period, role);
create index review_link_expires on review_link (expires_at);

-- What is being written, a part a row, as it was typed. It goes when the review has ended.
create table review_draft (
    organisation_id bigint not null, -- of the review
    pledge_id       bigint not null, -- of the review
    period          bigint not null, -- of the review
    part            text   not null, -- code of an intention, 'statement', 'changes', 'late'
    answers         text   not null, -- see answers_pack
    number          bigint not null, -- one more each time it is saved
    saved_at        bigint not null, -- UTC seconds
    saved_by        bigint not null, -- person.id
    primary key (organisation_id, pledge_id, period, part)
);
create index review_draft_saver on review_draft (saved_by);
create index review_draft_saved on review_draft (saved_at);
