-- Messages that can be answered by mail.
alter table mail add column reply_to text; -- where answers go; null: nowhere, or it has ended
