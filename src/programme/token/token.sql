-- token_add (id int, organisation_code text, organisation_name text, name text, start text,
--   key_hash text, accesses text, made_at int, made_by int, request text, expires_at int) -> changes
-- A new key. A form that is sent again changes no row.
insert into token (id, organisation_code, organisation_name, name, start, key_hash, accesses,
                   made_at, made_by, request, expires_at)
values (:id, :organisation_code, :organisation_name, :name, :start, :key_hash, :accesses, :made_at,
        :made_by, :request, :expires_at)
on conflict (request) do nothing;

-- token_by_id (id int)
--   -> one (id int, organisation_code text, organisation_name text, name text, start text,
--           accesses text, made_at int, made_by int, maker text?, expires_at int, ended_at int?,
--           used_at int?)
-- One key. Reads person.
select t.id, t.organisation_code, t.organisation_name, t.name, t.start, t.accesses, t.made_at,
       t.made_by, p.name as maker, t.expires_at, t.ended_at, t.used_at
from token t left join person p on p.id = t.made_by
where t.id = :id;

-- token_by_hash (key_hash text) -> one (id int, expires_at int, ended_at int?, used_at int?)
-- The key that was shown.
select t.id, t.expires_at, t.ended_at, t.used_at from token t where t.key_hash = :key_hash;

-- token_live (organisation_code text, now int) -> one (tokens int)
-- How many keys of an organisation can be used.
select count(*) from token t
where t.organisation_code = :organisation_code and t.ended_at is null and t.expires_at > :now;

-- token_set_used (id int, used_at int) -> changes
-- A key was shown.
update token set used_at = :used_at where id = :id;

-- token_set_ended (id int, ended_at int) -> changes
-- Takes a key back, once.
update token set ended_at = :ended_at where id = :id and ended_at is null;

-- token_list (today text, scope text optional)
--   -> page (name text, organisation text, organisation_code text, start text, made_at int,
--            expires_at int, ended_at int?, used_at int?, id int)
-- Keys, also those that have ended. Reads organisation_within.
-- sort newest: t.id desc
select t.name, t.organisation_name as organisation, t.organisation_code, t.start, t.made_at,
       t.expires_at, t.ended_at, t.used_at, t.id
from token t
where :today <> ''
[[scope: and t.organisation_code in (select w.code from organisation_within w where w.area = :scope
    and w.from_on <= :today and (w.to_on = '' or w.to_on >= :today)) ]];

-- ---- a person's own data: see token_privacy.c ----

-- token_copy (person_id int, at_most int)
--   -> many (organisation_name text, organisation_code text, name text, made_at int,
--            expires_at int, ended_at int?)
-- The keys that a person made.
-- scans token - a person's own copy is asked for rarely, and keys are few
select organisation_name, organisation_code, name, made_at, expires_at, ended_at from token
where made_by = :person_id and :person_id <> 0
order by id limit :at_most;

-- token_retain (before int, at_most int) -> changes
-- Keys go that ended before a time. Reads privacy_hold.
-- scans token - once a night, and keys are few
delete from token
where id in (select t.id from token t
             where coalesce(t.ended_at, t.expires_at) < :before
               and not exists (select 1 from privacy_hold h
                               where h.released_at is null and h.person_id = t.made_by)
               and not exists (select 1 from privacy_hold h
                               where h.released_at is null and h.code = t.organisation_code)
             limit :at_most);
