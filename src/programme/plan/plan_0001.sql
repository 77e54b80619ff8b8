-- A living plan: what becomes of the actions of a pledge in one period, from its signing or its
-- last review to the next. A pledge has one of them a period; the newest is the live one.
create table plan (
    organisation_id bigint not null, -- of the pledge
    pledge_id       bigint not null, -- pledge.id
    period          bigint not null, -- pledge.period: 1 in the first year, one more a renewal
    opened_at       bigint not null, -- UTC seconds
    primary key (organisation_id, pledge_id, period)
);

-- An action of a plan: as it was signed, as it went on from the period before, or added since.
-- What follows from its updates stands in it for the queries, written with each of them.
create table plan_action (
    organisation_id bigint not null, -- of the pledge
    pledge_id       bigint not null, -- pledge.id
    period          bigint not null, -- of the plan
    number          bigint not null, -- from 1, in the order in which they came
    continues       bigint not null, -- number in the period before that it goes on from; 0: new in this period
    intention       text   not null, -- code
    baseline        text   not null, -- where they were when it began
    action          text   not null, -- what they do
    measure         text   not null, -- what is counted
    target          text   not null, -- in words
    lead            text   not null, -- who leads it, as it was written: a person or a post
    partners        text   not null, -- '' for none
    start_on        text   not null, -- YYYY-MM-DD
    due_on          text   not null, -- YYYY-MM-DD
    added_at        bigint not null, -- UTC seconds
    state           text   not null, -- derived: plan_state_code
    rag             text   not null, -- derived: 'red', 'amber', 'green'; '' not rated yet
    update_count    bigint not null, -- derived
    is_open         bigint not null check (is_open in (0, 1)), -- derived: 1 in the live plan while neither embedded nor stopped
    quiet_on        text   not null, -- derived: YYYY-MM-DD from which it has been without an update for too long
    ask_on          text   not null, -- derived: YYYY-MM-DD from which it waits at the desk: overdue or quiet
    primary key (organisation_id, pledge_id, period, number),
    foreign key (organisation_id, pledge_id, period)
        references plan (organisation_id, pledge_id, period)
);
create index plan_action_ask on plan_action (ask_on, pledge_id, number) where is_open = 1;
create index plan_action_due on plan_action (due_on, organisation_id, pledge_id, number) where is_open = 1;

-- What was said about an action, in order. None is ever changed: a correction is one more, and says
-- which one it corrects.
create table plan_update (
    organisation_id bigint not null, -- of the pledge
    pledge_id       bigint not null, -- pledge.id
    period          bigint not null, -- of the plan
    action          bigint not null, -- plan_action.number
    number          bigint not null, -- from 1, without gaps
    at              bigint not null, -- UTC seconds when it was written
    happened_on     text   not null, -- YYYY-MM-DD that it is about
    person_id       bigint not null, -- who wrote it; 0 once that was erased
    state           text   not null, -- plan_state_code from then on
    rag             text   not null check (rag in ('red', 'amber', 'green')), -- from then on
    reason          text   not null, -- why it was stopped; '' unless it was
    note            text   not null, -- in their words
    is_public       bigint not null check (is_public in (0, 1)), -- 1: anybody may read note, reason and links
    corrects        bigint not null, -- number that it takes the place of; 0: none
    primary key (organisation_id, pledge_id, period, action, number),
    foreign key (organisation_id, pledge_id, period, action)
        references plan_action (organisation_id, pledge_id, period, number)
);
create index plan_update_person on plan_update (person_id);

-- What shows that an update is true.
create table plan_evidence (
    organisation_id bigint not null, -- of the pledge
    pledge_id       bigint not null, -- pledge.id
    period          bigint not null, -- of the plan
    action          bigint not null, -- plan_action.number
    number          bigint not null, -- plan_update.number
    position        bigint not null, -- from 1
    kind            text   not null check (kind in ('text', 'link', 'file')), -- what it is
    text            text   not null, -- the words; the address; the name of the file
    upload_id       bigint not null, -- upload.id of a file; 0 for the others
    primary key (organisation_id, pledge_id, period, action, number, position),
    foreign key (organisation_id, pledge_id, period, action, number)
        references plan_update (organisation_id, pledge_id, period, action, number)
);

-- Who leads an action and is reminded of it; the newest counts.
create table plan_lead (
    organisation_id bigint not null, -- of the pledge
    pledge_id       bigint not null, -- pledge.id
    period          bigint not null, -- of the plan
    action          bigint not null, -- plan_action.number
    number          bigint not null, -- from 1
    name            text   not null, -- '' once it was erased
    email           text   not null, -- never public; '' for nobody any more, or erased
    email_key       text   not null, -- the same in small letters
    at              bigint not null, -- UTC seconds
    primary key (organisation_id, pledge_id, period, action, number),
    foreign key (organisation_id, pledge_id, period, action)
        references plan_action (organisation_id, pledge_id, period, number)
);
create index plan_lead_email on plan_lead (email_key);

-- Who was asked to work on the plans of a pledge, by a mailed link.
create table plan_member (
    organisation_id bigint not null, -- of the pledge
    pledge_id       bigint not null, -- pledge.id
    number          bigint not null, -- from 1
    kind            text   not null check (kind in ('guest', 'party')), -- 'party': signs for a side, and works on the plan for that reason alone
    name            text   not null, -- '' once it was erased
    email           text   not null, -- never public; '' once it was erased
    email_key       text   not null, -- the same in small letters
    token_hash      text   not null, -- hash_token of the token in the link
    invited_by      bigint not null, -- person.id; 0: the program
    invited_at      bigint not null, -- UTC seconds
    expires_at      bigint not null, -- UTC seconds: until then the link works
    joined_at       bigint,          -- UTC seconds; null until the button was pressed
    last_on         text   not null, -- YYYY-MM-DD, the last day; '' for no end
    ended_at        bigint,          -- UTC seconds: somebody ended it
    primary key (organisation_id, pledge_id, number)
);
create unique index plan_member_token on plan_member (token_hash);
create index plan_member_email on plan_member (email_key);
create unique index plan_member_once on plan_member (organisation_id, pledge_id, kind, email_key)
    where ended_at is null and email_key <> '';
