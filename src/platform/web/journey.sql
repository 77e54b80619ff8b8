-- web_draft_by_code (code text, journey text) -> one (id int, browser text, person_id int, answers text, saved_at int, expires_at int, finished_at int?, reference text?, resume_hash text?)
-- One draft, whoever it belongs to: the caller checks the owner.
select id, browser, person_id, answers, saved_at, expires_at, finished_at, reference, resume_hash
from web_draft
where code = :code and journey = :journey;

-- web_draft_by_request (journey text, request_key text) -> one (code text, finished_at int?, reference text?, request_digest text?)
-- The draft that an API call with this idempotency key made.
select code, finished_at, reference, request_digest
from web_draft
where journey = :journey and request_key = :request_key;

-- web_draft_add (id int, code text, journey text, browser text, person_id int, answers text, now int, expires_at int, request_key text?, request_digest text?) -> changes
-- Begins a draft.
insert into web_draft (id, code, journey, browser, person_id, answers, created_at, saved_at,
                           expires_at, request_key, request_digest)
values (:id, :code, :journey, :browser, :person_id, :answers, :now, :now, :expires_at, :request_key,
        :request_digest);

-- web_draft_save (id int, answers text, now int, expires_at int) -> changes
-- Keeps the answers; a finished draft takes no more.
update web_draft
set answers = :answers, saved_at = :now, expires_at = :expires_at
where id = :id and finished_at is null;

-- web_draft_finish (id int, reference text, now int) -> changes
-- Marks it as finished, once, and drops the answers: what they made has its own place now.
update web_draft
set finished_at = :now, reference = :reference, answers = '[]', resume_hash = null
where id = :id and finished_at is null;

-- web_draft_mail (id int, resume_hash text) -> changes
-- Remembers the hash of the newest mailed token; the ones before it no longer open the draft.
update web_draft set resume_hash = :resume_hash where id = :id and finished_at is null;

-- web_draft_move (id int, browser text) -> changes
-- The draft belongs to another browser from now on.
update web_draft set browser = :browser where id = :id;

-- web_draft_purge (now int) -> changes
-- Removes the drafts whose time is over.
delete from web_draft where expires_at < :now;

-- web_draft_of_person (person_id int, at_most int)
--   -> many (form text, begun_at int, saved_at int, deleted_at int, answers text)
-- The forms that a person began while signed in, for their own copy.
-- scans web_draft - a person's own copy is asked for rarely, and drafts are few
select journey as form, created_at as begun_at, saved_at, expires_at as deleted_at, answers from web_draft
where person_id = :person_id and person_id <> 0 order by id limit :at_most;

-- web_draft_erase (person_id int) -> changes
-- Removes the forms that a person began while signed in.
-- scans web_draft - erasure is rare, and drafts are few
delete from web_draft where person_id = :person_id and person_id <> 0;
