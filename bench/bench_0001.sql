-- Rows to measure with: nothing of the service.
create table bench_row (
    id     bigint not null primary key, -- 1, 2, ...
    name   text   not null,             -- words
    town   text   not null,             -- words
    amount bigint not null,             -- a number
    on_day text   not null              -- YYYY-MM-DD
);
