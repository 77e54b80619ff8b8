-- What came signed on paper: a scan, what one person of the programme wrote down from it, and that
-- another one compared it.

-- One paper: a signature for a pledge that waits, or a whole pledge.
create table paper (
    organisation_id bigint not null,                 -- organisation.id of whose pledge it is
    id              bigint not null,                 -- made by the program, time-ordered
    reference       text   not null,                 -- PA-XXXX-XXXX
    about           text   not null check (about in ('signature', 'pledge')), -- what it holds
    organisation    text   not null,                 -- code
    name            text   not null,                 -- of the organisation, when it came
    pledge          text   not null,                 -- reference; '' until a whole pledge counts
    revision        bigint not null,                 -- of the pledge that was signed; 0 for a whole one
    side            text   not null check (side in ('', 'leader', 'cosigner')), -- who signs; '' for a whole one
    came_by         text   not null check (came_by in ('upload', 'mail', 'post')), -- how it came
    received_on     text   not null,                 -- YYYY-MM-DD on which it came
    came_at         bigint not null,                 -- UTC seconds when it was put in here
    added_by        bigint not null,                 -- person.id; 0: came by the link to sign
    email           text   not null,                 -- of whom to write to; '' when not known, or erased
    email_key       text   not null,                 -- the same in small letters
    upload_id       bigint not null,                 -- upload.id of the scan; 0 once it was removed
    digest          text   not null,                 -- SHA-256 of the scan, hexadecimal
    page_count      bigint not null,                 -- of the scan
    state           text   not null check (state in ('waiting', 'recorded', 'counted', 'refused', 'replaced')), -- where it stands
    is_open         bigint not null check (is_open in (0, 1)), -- 1: waiting or recorded
    state_at        bigint not null,                 -- UTC seconds since when
    version         bigint not null,                 -- one more each time something is written down
    signer          text   not null,                 -- the name as it is written on the paper; '' for a whole one
    signed_on       text   not null,                 -- YYYY-MM-DD as it is written; '' for a whole one
    transcript      text   not null,                 -- answers of a whole pledge as JSON; '' once it counts
    recorded_by     bigint not null,                 -- person.id; 0: nobody yet
    recorded_at     bigint not null,                 -- UTC seconds; 0: not yet
    checked_by      bigint not null,                 -- person.id; 0: nobody yet
    checked_at      bigint not null,                 -- UTC seconds; 0: not yet
    note            text   not null,                 -- why it was sent back or refused; '' for none
    primary key (organisation_id, id)
);
create unique index paper_reference on paper (reference);
create unique index paper_one_open on paper (pledge, side) where is_open = 1 and about = 'signature';
create index paper_of_pledge on paper (pledge, id);
create index paper_queue on paper (state, state_at, id);
create index paper_queue_all on paper (state_at, id);
create index paper_email on paper (email_key);
create index paper_recorder on paper (recorded_by);
create index paper_checker on paper (checked_by);
create index paper_adder on paper (added_by);
