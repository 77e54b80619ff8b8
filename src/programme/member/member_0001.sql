-- People of organisations: invitations, claims, and the mail domains that organisations own.

-- Somebody was invited to have a role.  One open row an address, role and area.
create table member_invitation (
    organisation_id bigint not null,             -- organisation.id of the area; 0 for everywhere
    id              bigint not null,             -- made by the program, time-ordered
    reference       text   not null,             -- IN-XXXX-XXXX
    token_hash      text   not null,             -- hash_token of the token in the newest link
    email           text   not null,             -- as typed; '' once the row is old
    email_key       text   not null,             -- in small letters
    role            text   not null,             -- code of a role
    area            text   not null,             -- code of an organisation, board or region; '' for everywhere
    area_name       text   not null,             -- its name when it was sent
    from_on         text   not null,             -- the first day of the role; '' for when it is accepted
    until_on        text   not null,             -- the first day after it; '' for no end
    invited_by      bigint not null references person (id), -- who answers for it
    invited_at      bigint not null,             -- UTC seconds
    sent_count      bigint not null,             -- how often the link was mailed
    expires_at      bigint not null,             -- UTC seconds
    state           text   not null check (state in ('open', 'accepted', 'declined', 'withdrawn', 'over')), -- where it stands
    ended_at        bigint,                      -- UTC seconds; null while open
    primary key (organisation_id, id)
);
create unique index member_invitation_reference on member_invitation (reference);
create unique index member_invitation_token on member_invitation (token_hash);
create unique index member_invitation_one_open on member_invitation (email_key, role, area)
    where state = 'open';
create index member_invitation_by_time on member_invitation (id);
create index member_invitation_by_area on member_invitation (area, id);
create index member_invitation_by_state on member_invitation (state, expires_at, id);
create index member_invitation_by_inviter on member_invitation (invited_by, state);

-- Somebody says that they work for an organisation and want a role in it.
create table member_claim (
    organisation_id   bigint not null,           -- organisation.id
    id                bigint not null,           -- made by the program, time-ordered
    reference         text   not null,           -- CL-XXXX-XXXX
    organisation_code text   not null,           -- of the organisation
    organisation_name text   not null,           -- when it was sent
    board             text   not null,           -- code of its board; '' when not known
    region            text   not null,           -- code of its region; '' when not known
    token_hash        text   not null,           -- hash_token of the token by which the address is proven
    token_expires_at  bigint not null,           -- UTC seconds
    sent_count        bigint not null,           -- how often that link was mailed
    email             text   not null,           -- as typed
    email_key         text   not null,           -- in small letters
    name              text   not null,           -- as typed
    job_title         text   not null,           -- as typed
    about             text   not null,           -- who they are, in their words; '' for nothing
    role              text   not null,           -- code of the role that is wanted
    made_at           bigint not null,           -- UTC seconds
    state             text   not null check (state in ('unproven', 'waiting', 'confirmed', 'refused', 'withdrawn', 'over')), -- where it stands
    proven_at         bigint,                    -- UTC seconds; null until the address is proven
    person_id         bigint references person (id), -- the account of the address; null until then
    is_domain         bigint not null check (is_domain in (0, 1)), -- 1: the address is of a domain that the organisation owns
    due_on            text   not null,           -- the day by which it is to be decided; '' until proven
    step              bigint not null,           -- how often deciders were told: see member_clock.c
    next_at           bigint not null,           -- UTC seconds when they are told again
    decider_id        bigint references person (id), -- with whom it lies; null: with nobody in person
    decided_by        bigint references person (id), -- null: not decided, or by the domain
    ended_at          bigint,                    -- UTC seconds; null while it waits
    reason            text   not null,           -- why it was refused; '' for none
    primary key (organisation_id, id)
);
create unique index member_claim_reference on member_claim (reference);
create unique index member_claim_token on member_claim (token_hash);
create unique index member_claim_one_open on member_claim (organisation_id, email_key)
    where state in ('unproven', 'waiting');
create index member_claim_by_email on member_claim (email_key, made_at);
create index member_claim_by_person on member_claim (person_id, id);
create index member_claim_by_decider on member_claim (decider_id, state);
create index member_claim_by_decided on member_claim (decided_by);
create index member_claim_by_time on member_claim (proven_at, id);
create index member_claim_by_organisation on member_claim (organisation_code, proven_at, id);
create index member_claim_by_state on member_claim (state, proven_at, id);
create index member_claim_by_next on member_claim (state, next_at, id);
create index member_claim_by_token_end on member_claim (state, token_expires_at, id);

-- A domain whose mailboxes only people of the organisation have.
create table member_domain (
    organisation_id   bigint not null,           -- organisation.id
    domain            text   not null,           -- in small letters, without @
    organisation_code text   not null,           -- of the organisation
    source            text   not null,           -- where that can be seen, as typed
    added_by          bigint not null references person (id), -- who said so
    added_at          bigint not null,           -- UTC seconds
    primary key (organisation_id, domain)
);
create index member_domain_by_adder on member_domain (added_by);
