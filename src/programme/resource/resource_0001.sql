-- Documents that the programme gives out, with their versions.

-- One document, as its newest version and the last change of its description say.
create table resource (
    id               bigint not null primary key, -- made by the program, time-ordered
    reference        text   not null,             -- RE-XXXX-XXXX
    state            text   not null check (state in ('live', 'withdrawn')), -- withdrawn: its page says so
    revision         bigint not null,             -- counts every change, so that the second of two editors is told
    version          bigint not null,             -- number of the newest version
    title            text   not null,             -- one line
    title_key        text   not null,             -- the title as it sorts
    summary          text   not null,             -- what it is for, plain text
    kind             text   not null,             -- code: guide, form, poster ...
    stage            text   not null,             -- code of the framework's stage; '' for all
    pillar           text   not null,             -- code: apprenticeships ...; '' for all
    formats          text   not null,             -- derived: those of the newest version, "PDF, Word"
    languages        text   not null,             -- derived: their languages, "English, Welsh"
    is_accessible    bigint not null check (is_accessible in (0, 1)), -- derived: one of its files is
    review_on        text   not null,             -- YYYY-MM-DD: when somebody looks whether it is still right
    checked_on       text   not null,             -- YYYY-MM-DD: when somebody last did
    published_at     bigint not null,             -- UTC seconds of the first version
    changed_at       bigint not null,             -- UTC seconds of the newest version
    withdrawn_at     bigint,                      -- UTC seconds; null: it is live
    withdrawn_reason text   not null              -- shown to everybody; '' while it is live
);
create unique index resource_reference on resource (reference);
create index resource_newest on resource (state, changed_at, id);
create index resource_by_title on resource (state, title_key, id);
create index resource_review on resource (state, review_on, id);
create index resource_any_newest on resource (changed_at, id);
create index resource_any_review on resource (review_on, id);

-- A version: what was given out from then on.  Nothing overwrites it.
create table resource_version (
    resource_id bigint not null references resource (id), -- of which document
    number      bigint not null,                          -- from 1
    at          bigint not null,                          -- UTC seconds
    title       text   not null,                          -- as it was called then
    summary     text   not null,                          -- as it was described then
    changes     text   not null,                          -- what is new in it; '' for the first
    primary key (resource_id, number)
);

-- A file of a version: the document, another format or language, an accessible version.
create table resource_file (
    resource_id   bigint not null, -- of which document
    version       bigint not null, -- of which version
    number        bigint not null, -- from 1, which is the document itself
    role          text   not null check (role in ('document', 'accessible', 'format', 'translation')), -- what it is for
    upload_id     bigint not null, -- the bytes, owned by "resource/" and the reference
    name          text   not null, -- file name
    format        text   not null, -- its ending, ".pdf"
    size_bytes    bigint not null, -- how many bytes it has
    sha256        text   not null, -- digest of the bytes, 64 small hexadecimal digits
    language      text   not null, -- BCP 47: "en", "cy"
    is_accessible bigint not null check (is_accessible in (0, 1)), -- works with a screen reader, as the editor said
    added_at      bigint not null, -- UTC seconds
    primary key (resource_id, version, number),
    foreign key (resource_id, version) references resource_version (resource_id, number)
);

-- How often a version was downloaded on a day: nothing of who did.
create table resource_download (
    resource_id bigint not null, -- of which document
    version     bigint not null, -- of which version
    day_on      text   not null, -- YYYY-MM-DD, London
    downloads   bigint not null, -- how often a file of it was given from its first byte on
    primary key (resource_id, version, day_on),
    foreign key (resource_id, version) references resource_version (resource_id, number)
);
create index resource_download_day on resource_download (day_on, resource_id, version);

-- Words to find a document by, folded.
create table resource_word (
    word        text   not null,                          -- of title, summary and reference
    resource_id bigint not null references resource (id), -- in which document
    primary key (word, resource_id)
);
create index resource_word_of on resource_word (resource_id);
