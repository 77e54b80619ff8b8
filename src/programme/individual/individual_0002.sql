-- What a person withdrew while a legal hold stands on it stays until that ends.
drop index individual_sent;
create index individual_sent on individual (email_key, sent_at) where email_key <> '';
create index individual_held on individual (withdrawn_at, id) where state = 'withdrawn' and email_key <> '';
