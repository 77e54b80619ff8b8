-- ledger_waiting_add (id int, kind text, subject text, digest text, at int) -> changes
-- Something happened.
insert into ledger_waiting (id, kind, subject, digest, at)
values (:id, :kind, :subject, :digest, :at);

-- ---- keys ----

-- ledger_key_now () -> one (number int, id text, public_key text, secret text, from_at int)
-- The key that signs.
select k.number, k.id, k.public_key, k.secret, k.from_at
from ledger_key k order by k.number desc limit 1;

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
