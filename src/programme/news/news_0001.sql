-- News of the programme.

-- One item, in the words of its newest version.
create table news_item (
    id               bigint not null primary key, -- made by the program, time-ordered
    slug             text   not null,             -- in its address: words of its first title
    state            text   not null check (state in ('draft', 'scheduled', 'published', 'withdrawn')), -- where it stands
    version          bigint not null,             -- number of the newest version
    title            text   not null,             -- one line
    summary          text   not null,             -- one or two sentences
    category         text   not null,             -- code: programme, pledges ...
    publish_at       bigint not null,             -- UTC seconds: when a scheduled one comes out; 0: none is set
    published_at     bigint not null,             -- UTC seconds: when it first came out; 0: not yet
    month            text   not null,             -- YYYY-MM of it, London; '' before
    corrected_at     bigint not null,             -- UTC seconds of the newest correction; 0: none
    withdrawn_at     bigint not null,             -- UTC seconds; 0: it is not
    withdrawn_reason text   not null,             -- shown to everybody; '' while it is not
    changed_at       bigint not null              -- UTC seconds of the newest version or step
);
create unique index news_item_slug on news_item (slug);
create index news_item_published on news_item (state, published_at, id);
create index news_item_month on news_item (state, month, published_at, id);
create index news_item_changed on news_item (changed_at, id);
create index news_item_due on news_item (state, publish_at);

-- A version of an item.  Nothing overwrites it.
create table news_version (
    item_id    bigint not null references news_item (id), -- of which item
    number     bigint not null,                           -- from 1
    at         bigint not null,                           -- UTC seconds
    title      text   not null,                           -- as in the item
    summary    text   not null,                           -- as in the item
    category   text   not null,                           -- as in the item
    body       text   not null,                           -- Markdown with named blocks
    correction text   not null,                           -- what was wrong, for readers; '' before it was published
    primary key (item_id, number)
);
