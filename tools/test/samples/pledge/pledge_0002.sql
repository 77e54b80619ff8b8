alter table pledge add column note text; -- any words
