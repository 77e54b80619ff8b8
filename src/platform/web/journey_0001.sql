-- A journey that somebody has begun: the answers as they were typed, step by step.
create table web_draft (
    id          bigint not null primary key, -- made by the program, time-ordered
    code        text   not null unique,      -- stands in the address
    journey     text   not null,             -- struct journey.name
    browser     text   not null,             -- hash of the cookie of the browser that may open it
    person_id   bigint not null,             -- who was signed in when it was begun; 0: nobody
    answers     text   not null,             -- as answers_pack writes them; '[]' once finished
    created_at  bigint not null,             -- UTC seconds
    saved_at    bigint not null,             -- UTC seconds
    expires_at  bigint not null,             -- UTC seconds; removed after it
    finished_at bigint,                      -- UTC seconds
    reference   text,                        -- of what finish made
    resume_hash text,                        -- hash of the token in the mailed link
    request_key text                         -- hash of an API caller's Idempotency-Key
);
create index web_draft_expires on web_draft (expires_at);
create unique index web_draft_request on web_draft (journey, request_key)
    where request_key is not null;
