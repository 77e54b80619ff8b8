-- equality_answer_rows (pseudonym text, at_most int) -> many (question text, answer text)
-- What somebody answered.
select a.question, a.answer from equality_answer a
where a.pseudonym = :pseudonym order by a.question limit :at_most;

-- equality_answer_set (pseudonym text, question text, answer text, edition text, today text,
--   is_draft int) -> changes
-- One answer, in place of an earlier one.
insert into equality_answer (pseudonym, question, answer, edition, answered_on, is_draft)
values (:pseudonym, :question, :answer, :edition, :today, :is_draft)
on conflict (pseudonym, question) do update
set answer = excluded.answer, edition = excluded.edition, answered_on = excluded.answered_on;

-- equality_answer_move (from_pseudonym text, pseudonym text) -> changes
-- A journey was finished: its answers are somebody's now.
update equality_answer set pseudonym = :pseudonym, is_draft = 0
where pseudonym = :from_pseudonym;

-- equality_answer_clear (pseudonym text) -> changes
-- Somebody's answers go.
delete from equality_answer where pseudonym = :pseudonym;

-- equality_answer_purge (before text) -> changes
-- Answers of journeys that were never finished go.
delete from equality_answer where is_draft = 1 and answered_on < :before;

-- equality_secret_get () -> one (secret text)
-- The key.
select s.secret from equality_secret s where s.id = 1;

-- equality_secret_add (secret text) -> changes
-- Keeps a key unless there is one already.
insert into equality_secret (id, secret) values (1, :secret)
on conflict (id) do nothing;

-- equality_answer_copy (pseudonym text, at_most int)
--   -> many (question text, answer text, answered_on text, list_version text)
-- What somebody answered, for their own copy.
select a.question, a.answer, a.answered_on, a.edition as list_version from equality_answer a
where a.pseudonym = :pseudonym order by a.question limit :at_most;

-- equality_answer_due (after text, before_on text, at_most int) -> many (pseudonym text)
-- Whose answers were given before a day, those behind a pseudonym. Answers of drafts go by
-- equality_answer_purge.
select distinct a.pseudonym from equality_answer a
where a.pseudonym > :after and a.is_draft = 0 and a.answered_on < :before_on
order by a.pseudonym limit :at_most;

-- equality_answer_retain (pseudonym text, before_on text) -> changes
-- Somebody's answers that were given before a day go.
delete from equality_answer
where pseudonym = :pseudonym and is_draft = 0 and answered_on < :before_on;

-- equality_held (after int, at_most int) -> many (person_id int)
-- The people who are under a legal hold, those behind a person. Reads person, privacy_hold.
-- scans privacy_hold - once a night, and holds are few
select p.id from person p
where p.id > :after and p.id in (
    select h.person_id from privacy_hold h where h.released_at is null
    union
    select q.id from privacy_hold h join person q on q.email_key = h.email_key
    where h.released_at is null)
order by p.id limit :at_most;
