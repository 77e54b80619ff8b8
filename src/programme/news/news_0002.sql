-- What is out, and what is to come out, are versions: a later one is a draft until it is published.
alter table news_item add column out_version bigint not null default 0; -- number of the version that is out, or was out last; 0: none was
alter table news_item add column due_version bigint not null default 0; -- number of the version that a scheduled item brings out; 0: it is not scheduled
update news_item set due_version = version where state = 'scheduled';
update news_item set out_version = version where published_at <> 0 and withdrawn_at = 0;
-- Of what was withdrawn, the version that was the newest then.
update news_item set out_version = coalesce((select max(v.number) from news_version v
    where v.item_id = news_item.id and v.at <= news_item.withdrawn_at), version)
where withdrawn_at <> 0;
