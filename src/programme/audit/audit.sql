-- audit_chain_end (chain text) -> one (number int, digest text)
-- Where a chain ends.
select c.number, c.digest from audit_chain c where c.chain = :chain;

-- audit_chain_begin (chain text) -> changes
-- A chain without events; one that is there changes no row.
insert into audit_chain (chain, number, digest) values (:chain, 0, '')
on conflict (chain) do nothing;

-- audit_chain_move (chain text, number int, digest text) -> changes
-- A chain has one event more.
update audit_chain set number = :number, digest = :digest
where chain = :chain and number = :number - 1;

-- audit_event_add (chain text, number int, id int, at int, what text, actor_id int, role text,
--   subject_id int, thing text, detail text, detail_salt text, detail_digest text, previous text,
--   digest text) -> changes
-- One event more.
insert into audit_event (chain, number, id, at, what, actor_id, role, subject_id, thing, detail,
                         detail_salt, detail_digest, previous, digest)
values (:chain, :number, :id, :at, :what, :actor_id, :role, :subject_id, :thing, :detail,
        :detail_salt, :detail_digest, :previous, :digest);

-- audit_chain_rows (after text, at_most int) -> many (chain text, number int, digest text)
-- Chains by their code, those behind a given one; the programme's own is read by itself.
select c.chain, c.number, c.digest from audit_chain c
where c.chain > :after order by c.chain limit :at_most;

-- audit_event_rows (chain text, after int, at_most int)
--   -> many (number int, id int, at int, what text, actor_id int, role text, subject_id int,
--            thing text, detail text, detail_salt text, detail_digest text, previous text,
--            digest text)
-- Events of a chain in order, those behind a number.
select e.number, e.id, e.at, e.what, e.actor_id, e.role, e.subject_id, e.thing, e.detail,
       e.detail_salt, e.detail_digest, e.previous, e.digest
from audit_event e where e.chain = :chain and e.number > :after
order by e.number limit :at_most;

-- audit_subject_rows (subject_id int, at_most int)
--   -> many (id int, at int, what text, actor_id int, role text, chain text, thing text, detail text)
-- What concerns a person, the newest first.
select e.id, e.at, e.what, e.actor_id, e.role, e.chain, e.thing, e.detail
from audit_event e where e.subject_id = :subject_id
order by e.id desc limit :at_most;

-- audit_forget (subject_id int) -> changes
-- The details of what concerns a person go; the chains still hold.
update audit_event set detail = '', detail_salt = ''
where subject_id = :subject_id and detail <> '';

-- audit_person_copy (person_id int, at_most int)
--   -> many (happened_at int, what text, you_did_it text, as_whom text, thing text, details text)
-- What concerns a person or was done by them. Details only where it is about them; nothing of what
-- is kept apart, where one's own deeds would tell of concerns about others.
select e.at as happened_at, e.what, case when e.actor_id = :person_id then 'yes' else 'no' end as you_did_it,
       e.role as as_whom, e.thing, case when e.subject_id = :person_id then e.detail else '' end as details
from audit_event e
where (e.subject_id = :person_id or e.actor_id = :person_id) and :person_id <> 0
  and substr(e.chain, 1, 13) <> 'safeguarding:'
order by e.id limit :at_most;

-- audit_retain (before int, at_most int) -> changes
-- The details of what happened before a time go; the chains still hold. Holding an organisation
-- holds what is kept apart of it too. Reads privacy_hold.
update audit_event set detail = '', detail_salt = ''
where id in (select e.id from audit_event e
             where e.detail <> '' and e.at < :before
               and not exists (select 1 from privacy_hold h
                               where h.released_at is null and h.person_id = e.subject_id)
               and not exists (select 1 from privacy_hold h
                               where h.released_at is null
                                 and h.code = replace(e.chain, 'safeguarding:', ''))
               and not exists (select 1 from privacy_hold h
                               where h.released_at is null and h.code = e.thing)
             order by e.at limit :at_most);
