-- job_insert (id int, kind text, key text, payload text, due_at int, now int) -> changes
-- Puts a job, or counts one more put of the job that waits already.
insert into job (id, kind, key, payload, due_at, created_at)
values (:id, :kind, :key, :payload, :due_at, :now)
on conflict (kind, key) where finished_at is null and given_up_at is null
do update set puts = job.puts + 1,
              due_at = case when job.attempts = 0 and excluded.due_at < job.due_at
                            then excluded.due_at else job.due_at end;

-- job_remove_waiting (kind text, key text) -> changes
-- Takes back a job that nobody holds.
delete from job
where kind = :kind and key = :key and finished_at is null and given_up_at is null
  and lease is null;

-- job_candidates (kinds text, now int, at_most int)
--   -> many (id int, kind text, key text, payload text, due_at int, attempts int, puts int)
-- Jobs that are due and that nobody holds, the longest due first.  kinds: the names that this
-- program knows, each between two spaces.
select j.id, j.kind, j.key, j.payload, j.due_at, j.attempts, j.puts
from job j
where j.finished_at is null and j.given_up_at is null and j.due_at <= :now
  and (j.leased_until is null or j.leased_until <= :now)
  and replace(:kinds, ' ' || j.kind || ' ', '') <> :kinds
order by j.due_at, j.id
limit :at_most;

-- job_take (id int, attempts int, puts int, lease text, leased_until int, now int) -> changes
-- Leases a job as it was read.  No row changes when another worker was first.
update job set lease = :lease, leased_until = :leased_until, attempts = attempts + 1
where id = :id and attempts = :attempts and puts = :puts
  and finished_at is null and given_up_at is null
  and (leased_until is null or leased_until <= :now);

-- job_end (id int, lease text, puts int, now int) -> changes
-- Finishes a leased job, unless it was put again while it ran.
update job set lease = null, leased_until = null, finished_at = :now
where id = :id and lease = :lease and puts = :puts
  and finished_at is null and given_up_at is null;

-- job_again (id int, lease text, puts int, now int) -> changes
-- Lets a leased job that was put again while it ran wait anew.
update job set lease = null, leased_until = null, attempts = 0, due_at = :now
where id = :id and lease = :lease and puts <> :puts
  and finished_at is null and given_up_at is null;

-- job_put_off (id int, lease text, due_at int, now int, failure text) -> changes
-- Lets a leased job that failed wait for its next attempt.
update job set lease = null, leased_until = null, due_at = :due_at, failed_at = :now,
               failure = :failure
where id = :id and lease = :lease and finished_at is null and given_up_at is null;

-- job_give_up (id int, lease text, now int, failure text) -> changes
-- Ends a leased job that failed too often.
update job set lease = null, leased_until = null, given_up_at = :now, failed_at = :now,
               failure = :failure
where id = :id and lease = :lease and finished_at is null and given_up_at is null;

-- job_count_waiting (now int) -> one (waiting int, overdue int, oldest_due_at int?)
-- What waits, and what of it no worker has taken although it is due.
select count(*),
       count(*) filter (where due_at <= :now and (leased_until is null or leased_until <= :now)),
       min(due_at) filter (where due_at <= :now and (leased_until is null or leased_until <= :now))
from job
where finished_at is null and given_up_at is null;

-- job_count_given_up () -> one (given_up int)
-- What was given up.
select count(*) from job where given_up_at is not null;

-- job_given_up_newest (at_most int)
--   -> many (id int, kind text, key text, failure text, given_up_at int, attempts int)
-- What was given up, the newest first.
select id, kind, key, coalesce(failure, ''), given_up_at, attempts
from job
where given_up_at is not null
order by given_up_at desc, id desc
limit :at_most;

-- job_revive (id int, now int) -> changes
-- Lets a given-up job wait anew.
update job set given_up_at = null, attempts = 0, due_at = :now
where id = :id and given_up_at is not null;

-- job_purge (before int, at_most int) -> changes
-- Removes jobs that were finished before that time.
delete from job
where id in (select id from job where finished_at is not null and finished_at < :before
             order by finished_at limit :at_most);

-- job_periods (at_most int) -> many (kind text, period_at int)
-- The period of each recurring kind whose job was put last.
-- scans job_period - one row for each recurring kind of the program
select kind, period_at from job_period order by kind limit :at_most;

-- job_period_begin (kind text, period_at int) -> changes
-- Takes a period for putting its job.  No row changes when a node has it already.
insert into job_period (kind, period_at) values (:kind, :period_at)
on conflict (kind) do update set period_at = excluded.period_at
where job_period.period_at < excluded.period_at;
