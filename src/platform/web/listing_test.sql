-- web_tick (cancelled int optional) -> page (id int, subject text?, created_at int)
-- Messages, all or those that were cancelled. Reads mail.
-- sort newest: m.id desc
select m.id, m.subject, m.created_at from mail m
where true
[[cancelled: and m.cancelled_at is not null and :cancelled = 1 ]];
