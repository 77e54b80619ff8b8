-- mail_insert (id int, key text, kind text, about text, to_address text, to_name text,
--   subject text, body text, unsubscribe_url text?, reply_to text?, message_id text,
--   expires_at int?, now int)
--   -> changes
-- Puts a message in the outbox. A cause that has its message already changes no row.
insert into mail (id, key, kind, about, to_address, to_name, subject, body, unsubscribe_url,
                  reply_to, message_id, expires_at, created_at)
values (:id, :key, :kind, :about, :to_address, :to_name, :subject, :body, :unsubscribe_url,
        :reply_to, :message_id, :expires_at, :now)
on conflict (key) do nothing;

-- mail_by_id (id int)
--   -> one (id int, key text, kind text, about text, to_address text?, to_name text?,
--           subject text?, body text?, unsubscribe_url text?, reply_to text?, message_id text,
--           expires_at int?,
--           created_at int, attempts int, tried_at int?, sent_at int?, failed_at int?,
--           cancelled_at int?, reason text?)
-- One message with all that is kept of it.
select id, key, kind, about, to_address, to_name, subject, body, unsubscribe_url, reply_to, message_id,
       expires_at, created_at, attempts, tried_at, sent_at, failed_at, cancelled_at, reason
from mail where id = :id;

-- mail_begin (id int, now int) -> changes
-- Notes that a delivery begins.
update mail set attempts = attempts + 1, tried_at = :now
where id = :id and sent_at is null and failed_at is null and cancelled_at is null;

-- mail_set_sent (id int, now int) -> changes
-- A mail server took the message: what it said goes.
update mail set sent_at = :now, body = null, unsubscribe_url = null, reply_to = null, reason = null
where id = :id and sent_at is null and failed_at is null and cancelled_at is null;

-- mail_set_failed (id int, now int, reason text) -> changes
-- The message cannot be delivered: what it said goes.
update mail set failed_at = :now, body = null, unsubscribe_url = null, reply_to = null, reason = :reason
where id = :id and sent_at is null and failed_at is null and cancelled_at is null;

-- mail_set_cancelled (id int, now int, reason text) -> changes
-- The message is no longer wanted: what it said goes.
update mail set cancelled_at = :now, body = null, unsubscribe_url = null, reply_to = null, reason = :reason
where id = :id and sent_at is null and failed_at is null and cancelled_at is null;

-- mail_cancel_key (key text, now int, reason text) -> changes
-- The message of this cause is no longer wanted.
update mail set cancelled_at = :now, body = null, unsubscribe_url = null, reply_to = null, reason = :reason
where key = :key and sent_at is null and failed_at is null and cancelled_at is null;

-- mail_note_delay (id int, reason text) -> changes
-- A delivery failed for now.
update mail set reason = :reason
where id = :id and sent_at is null and failed_at is null and cancelled_at is null;

-- mail_idle (before int, at_most int) -> many (id int)
-- Messages from before that time that wait with no job to send them. Reads job.
select m.id from mail m
where m.sent_at is null and m.failed_at is null and m.cancelled_at is null
  and m.created_at < :before
  and not exists (select 1 from job j
                  where j.kind = 'mail.send' and j.key = cast(m.id as text)
                    and j.finished_at is null and j.given_up_at is null)
order by m.id
limit :at_most;

-- mail_cancel_late (now int, before int, reason text, at_most int) -> changes
-- Cancels messages that are of no use any more, or were made before that time.
update mail set cancelled_at = :now, body = null, unsubscribe_url = null, reply_to = null, reason = :reason
where id in (select id from mail
             where sent_at is null and failed_at is null and cancelled_at is null
               and (expires_at <= :now or created_at < :before)
             order by id limit :at_most);

-- mail_forget (now int, before int, at_most int) -> changes
-- Forgets whom the messages went to that ended before that time.
update mail set to_address = null, to_name = null, subject = null, forgotten_at = :now
where id in (select id from mail
             where forgotten_at is null and coalesce(sent_at, failed_at, cancelled_at) < :before
             order by coalesce(sent_at, failed_at, cancelled_at) limit :at_most);

-- mail_count_state () -> one (waiting int, oldest_created_at int?)
-- What waits in the outbox.
select count(*), min(created_at) from mail
where sent_at is null and failed_at is null and cancelled_at is null;

-- mail_count_failed (since int) -> one (failed int)
-- How many messages failed from that time on.
select count(*) from mail
where forgotten_at is null and coalesce(sent_at, failed_at, cancelled_at) >= :since
  and failed_at is not null;

-- mail_outbox (state text optional, kind text optional, about text optional)
--   -> page (id int, kind text, about text, to_address text?, to_name text?, subject text?,
--            state text, created_at int, tried_at int?, sent_at int?, failed_at int?,
--            cancelled_at int?, attempts int, reason text?)
-- The outbox for a listing: a row for each message, without what it says.
-- sort newest: m.id desc
-- sort oldest: m.id asc
select m.id, m.kind, m.about, m.to_address, m.to_name, m.subject,
       case when m.sent_at is not null then 'sent' when m.failed_at is not null then 'failed'
            when m.cancelled_at is not null then 'cancelled' else 'waiting' end as state,
       m.created_at, m.tried_at, m.sent_at, m.failed_at, m.cancelled_at, m.attempts, m.reason
from mail m
where true
[[state: and case when m.sent_at is not null then 'sent' when m.failed_at is not null then 'failed'
                  when m.cancelled_at is not null then 'cancelled' else 'waiting' end = :state ]]
[[kind: and m.kind = :kind ]]
[[about: and m.about = :about ]];

-- mail_of_person (email text, email_key text, at_most int)
--   -> many (made_at int, sent_at int?, email text?, name text?, subject text?)
-- The messages to an address whose address is still kept, for the person's own copy.
-- scans mail - a person's own copy is asked for rarely, and only what is not forgotten is read
select created_at as made_at, sent_at, to_address as email, to_name as name, subject from mail
where forgotten_at is null and to_address in (:email, :email_key)
order by id limit :at_most;

-- mail_erase (email text, email_key text, now int) -> changes
-- Forgets whom ended messages went to, before their time.
-- scans mail - erasure is rare
update mail set to_address = null, to_name = null, subject = null, forgotten_at = :now
where forgotten_at is null and to_address in (:email, :email_key)
  and coalesce(sent_at, failed_at, cancelled_at) is not null;
