-- ledger_waiting_add (id int, kind text, subject text, digest text, at int) -> changes
-- Something happened.
insert into ledger_waiting (id, kind, subject, digest, at)
values (:id, :kind, :subject, :digest, :at);

-- ---- keys ----

-- ledger_key_now () -> one (number int, id text, public_key text, secret text, from_at int)
-- The key that signs.
select k.number, k.id, k.public_key, k.secret, k.from_at
from ledger_key k where k.number > 0 order by k.number desc limit 1;

-- ledger_key_add (number int, id text, public_key text, secret text, from_at int, signed_by text,
--   signature text) -> changes
-- One key more, unless there is one of this number already.
insert into ledger_key (number, id, public_key, secret, from_at, signed_by, signature)
values (:number, :id, :public_key, :secret, :from_at, :signed_by, :signature)
on conflict (number) do nothing;

-- ledger_key_end (number int, until_at int) -> changes
-- A key signs no more, and nobody can sign with it again.
update ledger_key set secret = '', until_at = :until_at where number = :number;

-- ledger_key_of (id text) -> one (public_key text)
-- The key of that id.
select k.public_key from ledger_key k where k.id = :id;

-- ledger_key_rows (after int, at_most int)
--   -> many (number int, id text, public_key text, from_at int, until_at int?, signed_by text,
--            signature text)
-- All keys, without what is secret, those behind a number.
select k.number, k.id, k.public_key, k.from_at, k.until_at, k.signed_by, k.signature
from ledger_key k where k.number > :after order by k.number limit :at_most;

-- ---- taking in ----

-- ledger_waiting_first () -> one (id int)
-- What has waited longest.
select w.id from ledger_waiting w where w.id > 0 order by w.id limit 1;

-- ledger_waiting_count () -> one (waiting int)
-- How many facts wait.
-- scans ledger_waiting - only a check asks, and little waits
select count(*) from ledger_waiting;

-- ledger_waiting_rows (at_most int)
--   -> many (id int, kind text, subject text, digest text, at int)
-- What waits, in order.
select w.id, w.kind, w.subject, w.digest, w.at from ledger_waiting w
where w.id > 0 order by w.id limit :at_most;

-- ledger_waiting_remove (id int) -> changes
-- It is in the tree.
delete from ledger_waiting where id = :id;

-- ledger_entry_add (number int, kind text, subject text, digest text, at int, leaf text) -> changes
-- One leaf more, unless the same fact is there already.
insert into ledger_entry (number, kind, subject, digest, at, leaf)
values (:number, :kind, :subject, :digest, :at, :leaf)
on conflict (digest, subject, kind) do nothing;

-- ledger_node_add (level int, place int, hash text) -> changes
-- A subtree is complete.
insert into ledger_node (level, place, hash) values (:level, :place, :hash);

-- ledger_head_add (number int, size int, root text, at int, previous text, digest text,
--   key_id text, signature text) -> changes
-- The tree as it is now.
insert into ledger_head (number, size, root, at, previous, digest, key_id, signature)
values (:number, :size, :root, :at, :previous, :digest, :key_id, :signature);

-- ---- reading ----

-- ledger_head_last ()
--   -> one (number int, size int, root text, at int, previous text, digest text, key_id text,
--           signature text)
-- The newest head.
select h.number, h.size, h.root, h.at, h.previous, h.digest, h.key_id, h.signature
from ledger_head h where h.number > 0 order by h.number desc limit 1;

-- ledger_head_of (size int)
--   -> one (number int, size int, root text, at int, previous text, digest text, key_id text,
--           signature text)
-- The head that covers so many entries.
select h.number, h.size, h.root, h.at, h.previous, h.digest, h.key_id, h.signature
from ledger_head h where h.size = :size;

-- ledger_head_rows (after int, until int, at_most int)
--   -> many (number int, size int, root text, at int, previous text, digest text, key_id text,
--            signature text)
-- Heads behind a number, up to another.
select h.number, h.size, h.root, h.at, h.previous, h.digest, h.key_id, h.signature
from ledger_head h where h.number > :after and h.number <= :until order by h.number limit :at_most;

-- ledger_entry_of (kind text, subject text, digest text) -> one (number int, at int)
-- Where a fact stands.
select e.number, e.at from ledger_entry e
where e.digest = :digest and e.subject = :subject and e.kind = :kind;

-- ledger_entry_at (number int)
--   -> one (kind text, subject text, digest text, at int, leaf text)
-- One entry.
select e.kind, e.subject, e.digest, e.at, e.leaf from ledger_entry e where e.number = :number;

-- ledger_entry_rows (from int, until int, at_most int)
--   -> many (number int, kind text, subject text, digest text, at int, leaf text)
-- Entries from a number on, up to and without another.
select e.number, e.kind, e.subject, e.digest, e.at, e.leaf
from ledger_entry e where e.number >= :from and e.number < :until order by e.number limit :at_most;

-- ledger_entry_about (subject text, until int, at_most int)
--   -> many (number int, kind text, digest text, at int)
-- What the log has about a subject, up to and without a number.
select e.number, e.kind, e.digest, e.at
from ledger_entry e where e.subject = :subject and e.number < :until
order by e.number limit :at_most;

-- ledger_place_of (subject text) -> one (entries int, last_at int)
-- How much the log has about a subject, and from when.
select count(*), coalesce(max(e.at), 0)
from ledger_entry e where e.subject = :subject;

-- ledger_node_at (level int, place int) -> one (hash text)
-- A complete subtree.
select n.hash from ledger_node n where n.level = :level and n.place = :place;

-- ledger_counts () -> one (entries int, nodes int, heads int)
-- How much there is.
-- scans ledger_entry ledger_node ledger_head - only a check asks
select (select count(*) from ledger_entry), (select count(*) from ledger_node),
       (select count(*) from ledger_head);

-- ---- pages ----

-- ledger_list (kind text optional, subject text optional)
--   -> page (number int, at int, kind text, subject text, digest text)
-- The entries of the log.
-- sort newest: e.number desc
-- sort oldest: e.number
select e.number, e.at, e.kind, e.subject, e.digest
from ledger_entry e
where true
[[kind: and e.kind = :kind ]]
[[subject: and e.subject = :subject ]];

-- ledger_heads_list ()
--   -> page (number int, at int, size int, root text, previous text, digest text, key_id text,
--            signature text)
-- All heads.
-- sort newest: h.number desc
-- sort oldest: h.number
select h.number, h.at, h.size, h.root, h.previous, h.digest, h.key_id, h.signature
from ledger_head h
where true;
