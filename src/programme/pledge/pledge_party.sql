-- pledge_party_newest (organisation_id int, pledge_id int, role text)
--   -> many (number int, name text, title text, email_key text, reason text, asked_at int,
--            expires_at int, confirmed_at int?, ended_at int?)
-- Who was asked last to sign for a side.
select y.number, y.name, y.title, y.email_key, y.reason, y.asked_at, y.expires_at, y.confirmed_at,
       y.ended_at
from pledge_party y
where y.organisation_id = :organisation_id and y.pledge_id = :pledge_id and y.role = :role
order by y.number desc limit 1;

-- pledge_party_link_set (organisation_id int, pledge_id int, role text, number int, token_hash text,
--   expires_at int, asked_by int) -> changes
-- The link by which somebody who was asked answers, and who asked.
update pledge_party
set token_hash = :token_hash, expires_at = :expires_at, asked_by = :asked_by
where organisation_id = :organisation_id and pledge_id = :pledge_id and role = :role
  and number = :number;

-- pledge_party_by_link (token_hash text)
--   -> one (organisation_id int, pledge_id int, role text, number int, name text, title text,
--           email text, email_key text, reason text, asked_at int, asked_by int, expires_at int,
--           confirmed_at int?, ended_at int?)
-- Who was asked by a link.
select y.organisation_id, y.pledge_id, y.role, y.number, y.name, y.title, y.email, y.email_key,
       y.reason, y.asked_at, y.asked_by, y.expires_at, y.confirmed_at, y.ended_at
from pledge_party y
where y.token_hash = :token_hash and y.token_hash <> '';

-- pledge_party_end (organisation_id int, pledge_id int, role text, now int) -> changes
-- Whoever was asked and has not answered is asked no more.
update pledge_party set ended_at = :now
where organisation_id = :organisation_id and pledge_id = :pledge_id and role = :role
  and confirmed_at is null and ended_at is null;
