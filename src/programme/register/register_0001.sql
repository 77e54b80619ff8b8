-- The register as figures. What is here follows from pledges and their chains; what is over (a
-- quarter, a month) is never counted again.

-- How many organisations there are that can sign, by where they lie; made anew each night.
create table register_place (
    region        text   not null, -- code of the region; '' when not known
    board         text   not null, -- code of the board; '' when not known
    organisations bigint not null, -- open employers
    counted_on    text   not null, -- YYYY-MM-DD, London: on which day
    primary key (region, board)
);

-- A quarter of the programme, by region. Of the quarter that still runs, up to a day.
create table register_quarter (
    first_on    text   not null, -- YYYY-MM-DD: the first day of the quarter
    region      text   not null, -- code, as it was when this was counted; '' when not known
    signed      bigint not null, -- pledges that both sides had signed for the first time
    published   bigint not null, -- that came into force
    renewed     bigint not null, -- reviews that were signed
    lapsed      bigint not null, -- that ended because no review was signed
    withdrawn   bigint not null, -- that ended because somebody took them back while in force
    merged      bigint not null, -- that became a part of another while in force
    in_force    bigint not null, -- at the end of the day counted_on
    individuals bigint not null, -- people whose own pledge was confirmed; all in the row of region ''
    counted_on  text   not null, -- YYYY-MM-DD: the last day that is counted
    primary key (first_on, region)
);

-- The whole public register at the end of a month, signed.
create table register_snapshot (
    month       text   not null primary key, -- YYYY-MM
    made_at     bigint not null,             -- UTC seconds
    pledges     bigint not null,             -- on the register, in any state
    in_force    bigint not null,             -- of these
    individuals bigint not null,             -- people whose own pledge stood
    head        text   not null,             -- the lines of the file before its pledges
    digest      text   not null,             -- SHA-256 of the file, hexadecimal
    size_bytes  bigint not null,             -- of the file
    key_id      text   not null,             -- of the key that signed it
    signature   text   not null              -- Ed25519, base64url
);

-- A pledge's line in the files: kept once for as many months as it stayed the same.
create table register_entry (
    reference  text not null, -- of the pledge
    from_month text not null, -- YYYY-MM: the first snapshot with this line
    to_month   text not null, -- the last one; '9999-12' while it is in the newest
    line       text not null, -- exactly as it is in the file
    primary key (reference, from_month)
);
create index register_entry_from on register_entry (from_month, reference);
create index register_entry_to on register_entry (to_month, reference);

-- By which pledges are counted by kind and place, from the index alone.
create index register_pledge_place
    on pledge (is_public, kind, region, board, state, signed_on, action_count);
