-- web_tick (cancelled int optional) -> page (id int, subject text?, created_at int)
-- Messages, all or those that were cancelled. Reads mail.
-- sort newest: m.id desc
select m.id, m.subject, m.created_at from mail m
where true
[[cancelled: and m.cancelled_at is not null and :cancelled = 1 ]];

-- web_scoped (state text optional, scope text optional)
--   -> page (id int, subject text?, state text, created_at int)
-- Messages, all or those of a kind as if that were a scope. Reads mail.
-- sort newest: m.id desc
-- sort oldest: m.id asc
select m.id, m.subject,
       case when m.cancelled_at is null then 'waiting' else 'cancelled' end as state, m.created_at
from mail m
where true
[[state: and case when m.cancelled_at is null then 'waiting' else 'cancelled' end = :state ]]
[[scope: and m.kind = :scope ]];
