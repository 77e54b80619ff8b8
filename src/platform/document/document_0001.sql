-- Files that people send.

-- What is known of a file. Its bytes are apart, so that lists need not read them.
create table upload (
    id           bigint not null primary key, -- made by the program, in order of time
    sha256       text   not null,             -- digest of the bytes, 64 small hexadecimal digits
    name         text   not null,             -- clean, with the ending of its type
    type         text   not null,             -- what the bytes are: "application/pdf"
    size_bytes   bigint not null,             -- how many bytes it has
    owner        text   not null,             -- what it belongs to: "draft:4f2a", "pledge:123"
    has_script   bigint not null check (has_script in (0, 1)),   -- a PDF that can run something
    opens_itself bigint not null check (opens_itself in (0, 1)), -- a PDF that acts when opened
    is_encrypted bigint not null check (is_encrypted in (0, 1)), -- a PDF with a password
    scanned_at   bigint,                      -- UTC seconds; null: no virus scanner was set
    created_at   bigint not null,             -- UTC seconds
    expires_at   bigint                       -- UTC seconds; null: kept until it is removed
);

-- Files of an owner, in order of time.
create index upload_owner on upload (owner, id);

-- What the purge looks through.
create index upload_expires on upload (expires_at) where expires_at is not null;

-- The bytes of a file.
create table upload_content (
    -- the file
    upload_id bigint not null primary key references upload (id) on delete cascade,
    content   bytea  not null -- the bytes as they were sent
);
