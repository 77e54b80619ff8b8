-- newsletter_take (issue_id int, batch int, after int, until int, topics int, region text, now int, at_most int) -> changes
-- Takes the next readers of an issue into a batch, each once. A reader that was taken is left out. Reads newsletter_reader.
insert into newsletter_delivery (issue_id, reader_id, state, batch, slot, attempts, due_at, is_unanswered, reason, outcome)
select :issue_id, t.id, 'hand', :batch, row_number() over (order by t.id) - 1, 1, :now, 0, '', ''
from (select r.id from newsletter_reader r
      where r.id > :after and r.since_at <= :until
        and (:topics = 0 or (r.topics & :topics) <> 0) and (:region = '' or r.region = '' or r.region = :region)
      order by r.id limit :at_most) as t
where t.id > 0
on conflict (issue_id, reader_id) do nothing;

-- newsletter_due_again (issue_id int, now int, at_most int) -> many (reader_id int)
-- Those whose next try is due.
select l.reader_id from newsletter_delivery l
where l.issue_id = :issue_id and l.state = 'later' and l.due_at <= :now
order by l.due_at, l.reader_id limit :at_most;

-- newsletter_take_again (issue_id int, reader_id int, batch int, slot int, now int) -> changes
-- Takes one of them into a batch.
update newsletter_delivery set state = 'hand', batch = :batch, slot = :slot, attempts = attempts + 1, due_at = :now
where issue_id = :issue_id and reader_id = :reader_id and state = 'later';

-- newsletter_in_hand (issue_id int, batch int, at_most int) -> many (slot int, reader_id int, attempts int, email text?)
-- A batch in the order of its slots; no address: they have left since. Reads newsletter_reader.
select d.slot, d.reader_id, d.attempts, r.email from newsletter_delivery d
left join newsletter_reader r on r.id = d.reader_id
where d.issue_id = :issue_id and d.state = 'hand' and d.batch = :batch order by d.slot limit :at_most;

-- newsletter_batches (issue_id int, at_most int) -> many (batch int, since int)
-- Batches in hand.
select d.batch, min(d.due_at) from newsletter_delivery d
where d.issue_id = :issue_id and d.state = 'hand' group by d.batch order by d.batch limit :at_most;

-- newsletter_reach (issue_id int, reached_id int) -> changes
-- All readers up to here were taken.
update newsletter_issue set reached_id = :reached_id where id = :issue_id;

-- newsletter_last_taken (issue_id int, batch int) -> one (reader_id int?)
-- The last reader of a batch.
select max(d.reader_id) from newsletter_delivery d where d.issue_id = :issue_id and d.state = 'hand' and d.batch = :batch;

-- newsletter_set_sent (issue_id int, batch int, now int) -> changes
-- All that is left in a batch was taken by the server.
update newsletter_delivery set state = 'sent', sent_at = :now where issue_id = :issue_id and state = 'hand' and batch = :batch;

-- newsletter_set_one (issue_id int, reader_id int, batch int, state text, due_at int, sent_at int?, is_unanswered int, untried int, reason text) -> changes
-- What came of one.
update newsletter_delivery set state = :state, due_at = :due_at, sent_at = :sent_at, is_unanswered = :is_unanswered,
       attempts = attempts - :untried, reason = :reason
where issue_id = :issue_id and reader_id = :reader_id and state = 'hand' and batch = :batch;

-- newsletter_later (issue_id int) -> one (due_at int?)
-- When the next try is due.
select min(d.due_at) from newsletter_delivery d where d.issue_id = :issue_id and d.state = 'later';

-- newsletter_issue_end (id int, now int) -> changes
-- All was sent.
update newsletter_issue set state = 'sent', ended_at = :now where id = :id and state = 'sending';

-- newsletter_drop_later (issue_id int) -> changes
-- What waits for another try does not go.
update newsletter_delivery set state = 'given_up', reason = 'stopped' where issue_id = :issue_id and state = 'later';

-- newsletter_outcome (issue_id int, reader_id int, outcome text, now int) -> changes
-- What came back.
update newsletter_delivery set outcome = :outcome, outcome_at = :now
where issue_id = :issue_id and reader_id = :reader_id and outcome in ('', 'soft');

-- newsletter_last_issue (reader_id int) -> one (issue_id int?)
-- The last issue that went to a reader.
-- scans newsletter_issue - some dozens a year
select max(i.id) from newsletter_issue i
where exists (select 1 from newsletter_delivery d
              where d.issue_id = i.id and d.reader_id = :reader_id and d.state = 'sent');

-- newsletter_delivery_copy (email_key text, at_most int) -> many (subject text, sent_at int?, outcome text)
-- The issues that went to a reader. Reads newsletter_reader.
-- scans newsletter_issue - some dozens a year
select v.subject, d.sent_at, d.outcome
from newsletter_reader r
cross join newsletter_issue i
join newsletter_delivery d on d.issue_id = i.id and d.reader_id = r.id
join newsletter_version v on v.issue_id = i.id and v.number = i.version
where r.email_key = :email_key order by i.id limit :at_most;

-- newsletter_delivery_retain (before int, at_most int) -> changes
-- To whom old issues went is forgotten, from the oldest issue on. Reads newsletter_reader, privacy_hold, person.
-- scans newsletter_issue - some dozens a year
delete from newsletter_delivery
where issue_id = (select min(i.id) from newsletter_issue i
                  where i.ended_at < :before
                    and exists (select 1 from newsletter_delivery e where e.issue_id = i.id))
  and reader_id in (select d.reader_id from newsletter_delivery d
                    where d.issue_id = (select min(o.id) from newsletter_issue o
                                        where o.ended_at < :before
                                          and exists (select 1 from newsletter_delivery f where f.issue_id = o.id))
                      and not exists (select 1 from newsletter_reader r
                                      join privacy_hold h on h.released_at is null and h.email_key = r.email_key
                                      where r.id = d.reader_id)
                      and not exists (select 1 from newsletter_reader r
                                      join person p on p.email_key = r.email_key
                                      join privacy_hold h on h.released_at is null and h.person_id = p.id
                                      where r.id = d.reader_id)
                    limit :at_most);

-- newsletter_issue_state (id int) -> one (state text)
-- Whether it is still being sent.
select i.state from newsletter_issue i where i.id = :id;
